/* The models of models.mlir. */
#include "attention.h"
#include "conv.h"
#include "dense.h"
#include "stream.h"
#include "words.h"

#include "calls.h"

static const nnc_model *const models[] = {
    &dense_model, &conv_model, &attention_model, &words_model, &stream_model};
enum { MODELS = sizeof(models) / sizeof(*models) };
