// The page: what is drawn goes to the worker as an image, what it answers is
// shown. While the worker is busy only the latest drawing waits.
import {makeImage} from './digit.mjs';
import {Pad} from './pad.mjs';

const find = (id) => document.getElementById(id);
const worker = new Worker('worker.mjs', {type: 'module'});
let isReady = false, isBusy = false, hasChanged = false;

const bars = Array.from({length: 10}, (_, digit) => {
  const item = document.createElement('li');
  item.innerHTML = `<span>${digit}</span><div class="track"><div class="bar">` +
      '</div></div><span class="percent">–</span>';
  find('bars').append(item);
  return item;
});

function percent(probability) {
  return `${(100 * probability).toFixed(probability < 0.9995 ? 1 : 0)} %`;
}

function showImage(image) {
  const context = find('image').getContext('2d');
  const pixels = context.createImageData(8, 8);
  image?.forEach(
      (value, i) => pixels.data.set([255, 255, 255, 255 * value], 4 * i));
  context.putImageData(pixels, 0, 0);
}

/// `digits` are the probabilities; null: there is nothing to see.
function showDigits(digits) {
  const best = digits ? digits.indexOf(Math.max(...digits)) : -1;
  bars.forEach((item, digit) => {
    item.classList.toggle('best', digit === best);
    item.querySelector('.bar').style.transform =
        `scaleX(${digits ? digits[digit] : 0})`;
    item.querySelector('.percent').textContent =
        digits ? percent(digits[digit]) : '–';
  });
  find('digit').textContent = digits ? best : '–';
  find('words').textContent = digits ? `${percent(digits[best])} sure`
      : isReady                      ? 'Nothing drawn yet'
                                     : 'Loading the model …';
}

function showError(message) {
  find('digit').textContent = '!';
  find('words').textContent = message;
}

function update() {
  const {strokes} = pad;
  const isEmpty = strokes.length === 0;
  document.body.classList.toggle('drawn', !isEmpty);
  find('undo').disabled = find('clear').disabled = isEmpty;
  hasChanged = isBusy || !isReady;
  if (hasChanged)
    return;
  const image = isEmpty ? null : makeImage(strokes);
  showImage(image);
  if (isEmpty) {
    showDigits(null);
    find('time').textContent = '\u00a0';
    return;
  }
  isBusy = true;
  worker.postMessage({image});
}

worker.addEventListener('message', ({data}) => {
  if (data.error)
    return showError(data.error);
  if (data.ready)
    isReady = true;
  isBusy = false;
  if (data.digits && pad.strokes.length) {
    showDigits(data.digits);
    // Browsers round the time.
    find('time').textContent = `${
        data.milliseconds < 0.1 ? 'Less than 0.1' :
                                  data.milliseconds.toFixed(1)} ms in a worker`;
  }
  if (data.ready || hasChanged)
    update();
});
worker.addEventListener('error', () => showError(
    'The model is not there: compile it into digits.wasm, see README.md'));

const pad = new Pad(find('pad'), update);
find('undo').addEventListener('click', () => pad.undo());
find('clear').addEventListener('click', () => pad.clear());
