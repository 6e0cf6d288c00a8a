// From strokes to the image that the network knows. The data it was trained on
// were made from bitmaps of 32 × 32 on which a digit has the full height; of
// each block of 4 × 4 the black ones were counted. Strokes are known here as
// lines, so that the digit is scaled first and then drawn, with a pen as thick
// as it is in the data however large the drawing was.
const SIDE = 32, BLOCK = 4, PEN = 5, WIDTH = 22;

const canvas = document.createElement('canvas');
canvas.width = canvas.height = SIDE;
const context = canvas.getContext('2d', {willReadFrequently: true});

/// The smallest box around all points: [least, largest] of x and of y.
function bounds(points, axis) {
  const values = points.map((point) => point[axis]);
  return [Math.min(...values), Math.max(...values)];
}

/// `strokes` are lists of points {x, y}, of any size. The image has 64 values
/// of 0 to 1.
export function makeImage(strokes) {
  const points = strokes.flat();
  const [left, right] = bounds(points, 'x');
  const [top, bottom] = bounds(points, 'y');
  // A flat line is not blown up to a block.
  const height = Math.max(bottom - top, (right - left) / 3, 1e-6);
  const scaleY = (SIDE - PEN) / height;
  const scaleX = Math.min(scaleY, (WIDTH - PEN) / Math.max(right - left, 1e-6));

  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, SIDE, SIDE);
  context.lineWidth = PEN;
  context.lineCap = context.lineJoin = 'round';
  const x = (point) => SIDE / 2 + (point.x - (left + right) / 2) * scaleX;
  const y = (point) => SIDE / 2 + (point.y - (top + bottom) / 2) * scaleY;
  for (const stroke of strokes) {
    context.beginPath();
    context.moveTo(x(stroke[0]), y(stroke[0]));
    for (const point of stroke)
      context.lineTo(x(point), y(point));
    context.stroke();
  }

  const {data} = context.getImageData(0, 0, SIDE, SIDE);
  const image = new Float32Array((SIDE / BLOCK) ** 2);
  for (let i = 0; i < SIDE * SIDE; ++i) {
    const row = Math.floor(i / SIDE / BLOCK);
    const column = Math.floor(i % SIDE / BLOCK);
    image[row * SIDE / BLOCK + column] +=
        data[4 * i + 3] / 255 / (BLOCK * BLOCK);
  }
  return image;
}
