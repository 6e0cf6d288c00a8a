/* digits: recognises handwritten digits with two compiled Keras models.
 *
 *     digits DATA-DIRECTORY
 *
 * Reads the test images, draws the first one, and runs both models over all of
 * them. Prints what each model sees in the first image, how often it is right,
 * and how far its numbers are from those that Keras computed. Exits with 1
 * when a file is missing or the numbers are not Keras's.
 */
#include "digits_cnn.h"
#include "digits_resnet.h"
#include "npy.h"

#include <math.h>

enum { SIDE = 8, CLASSES = 10 };

/* How far from Keras's float32 results a probability may be. */
static const double TOLERANCE = 1e-5;

/* A model behind one signature, so that both can be judged by one function. */
typedef int (*classifier)(const float *images, int64_t count, float *probs);

/* The workspace is the model's scratch memory. Here it is static; it may be on
 * the stack, from malloc, or shared between models that take turns. */
static _Alignas(
    DIGITS_CNN_ALIGNMENT) char cnn_workspace[DIGITS_CNN_WORKSPACE_SIZE];
static _Alignas(DIGITS_RESNET_ALIGNMENT) char resnet_workspace
    [DIGITS_RESNET_WORKSPACE_SIZE];

static int run_cnn(const float *images, int64_t count, float *probs) {
  digits_cnn_args args = DIGITS_CNN_ARGS_INIT;
  args.batch = count;
  args.workspace = cnn_workspace;
  args.workspace_size = sizeof cnn_workspace;
  args.image = images;
  args.digits = probs;
  return digits_cnn_run(&args);
}

static int run_resnet(const float *images, int64_t count, float *probs) {
  digits_resnet_args args = DIGITS_RESNET_ARGS_INIT;
  args.batch = count;
  args.workspace = resnet_workspace;
  args.workspace_size = sizeof resnet_workspace;
  args.image = images;
  args.digits = probs;
  return digits_resnet_run(&args);
}

static void draw(const float *image) {
  static const char shades[] = " .:-=+*#%@";
  for (int row = 0; row < SIDE; ++row) {
    fputs("    ", stdout);
    for (int column = 0; column < SIDE; ++column) {
      float value = image[row * SIDE + column];
      int shade = value <= 0 ? 0 : value >= 1 ? 9 : (int)(value * 9.99F);
      putchar(shades[shade]);
      putchar(shades[shade]);
    }
    putchar('\n');
  }
}

static int most_probable(const float *probs) {
  int best = 0;
  for (int i = 1; i < CLASSES; ++i)
    if (probs[i] > probs[best])
      best = i;
  return best;
}

/* Runs one model over all images and prints how it did; 0 when all is well. */
static int judge(const char *name, classifier run, const npy_array *images,
                 const npy_array *labels, const npy_array *expected) {
  size_t count = images->shape[0], right = 0;
  const int64_t *label = (const int64_t *)labels->data;
  const float *keras = (const float *)expected->data;
  float *probs = (float *)malloc((count * CLASSES + 1) * sizeof *probs);
  double worst = 0;
  int status;
  if (!probs) {
    fprintf(stderr, "%s: out of memory\n", name);
    return 1;
  }
  status = run((const float *)images->data, (int64_t)count, probs);
  if (status != NNC_OK) {
    fprintf(stderr, "%s: %s\n", name, nnc_status_string(status));
    free(probs);
    return 1;
  }
  for (size_t i = 0; i < count; ++i)
    right += most_probable(probs + i * CLASSES) == label[i];
  for (size_t i = 0; i < count * CLASSES; ++i) {
    double difference = fabs((double)probs[i] - (double)keras[i]);
    if (!(difference <= worst)) /* a NaN is the worst of all */
      worst = difference;
  }
  printf("%s: sees a %d (%.1f %% sure); accuracy %.1f %% (%zu of %zu); "
         "largest difference from Keras %.1e\n",
         name, most_probable(probs),
         100.0 * (double)probs[most_probable(probs)],
         100.0 * (double)right / (double)count, right, count, worst);
  free(probs);
  if (!(worst <= TOLERANCE)) {
    fprintf(stderr, "%s: differs from Keras by more than %g\n", name,
            TOLERANCE);
    return 1;
  }
  return 0;
}

static int load(const char *directory, const char *name, const char *descr,
                size_t size, size_t per_image, npy_array *array) {
  char path[1024];
  if (snprintf(path, sizeof path, "%s/%s", directory, name) >=
      (int)sizeof path) {
    fprintf(stderr, "%s: the path is too long\n", directory);
    return 1;
  }
  if (npy_read(path, descr, size, array) != 0)
    return 1;
  if (array->rank == 0 || array->shape[0] == 0 ||
      array->count / array->shape[0] != per_image) {
    fprintf(stderr, "%s: has not %zu elements per image\n", path, per_image);
    return 1;
  }
  return 0;
}

int main(int argc, char **argv) {
  npy_array images = {0}, labels = {0}, cnn = {0}, resnet = {0};
  int failed = 1;
  if (argc != 2) {
    fputs("usage: digits DATA-DIRECTORY\n", stderr);
    return 2;
  }
  if (load(argv[1], "images.npy", "<f4", 4, SIDE * SIDE, &images) ||
      load(argv[1], "labels.npy", "<i8", 8, 1, &labels) ||
      load(argv[1], "digits_cnn.probs.npy", "<f4", 4, CLASSES, &cnn) ||
      load(argv[1], "digits_resnet.probs.npy", "<f4", 4, CLASSES, &resnet))
    goto done;
  if (labels.shape[0] != images.shape[0] || cnn.shape[0] != images.shape[0] ||
      resnet.shape[0] != images.shape[0]) {
    fprintf(stderr, "%s: the files disagree in the number of images\n",
            argv[1]);
    goto done;
  }
  puts("the first image:");
  draw((const float *)images.data);
  failed = judge("digits_cnn", run_cnn, &images, &labels, &cnn);
  failed |= judge("digits_resnet", run_resnet, &images, &labels, &resnet);

done:
  free(images.data);
  free(labels.data);
  free(cnn.data);
  free(resnet.data);
  return failed;
}
