//===- KerasWeights.h - which tensor of a file is whose ---------*- C++ -*-===//
//
// Files of Keras's name a variable by the place of its layer: Keras 3 by the
// layer's class and a counter, older ones by a list in the order of the layer's
// weights. With the model at hand that is exact; the names that tensors get
// here say which layer of which model they belong to and where among its
// variables they are.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_IMPORT_KERASWEIGHTS_H
#define NNC_COMPILER_IMPORT_KERASWEIGHTS_H

#include "compiler/import/KerasModel.h"
#include "compiler/import/Weights.h"

namespace nnc {

/// Names the tensors of an HDF5 file of Keras's after the layers of `model`,
/// which has been built:
///   "<model>/<layer>/<path of objects>/<k>"  by position in an object, or
///   "<model>/<layer>/#<k>"                   by position in the whole layer.
/// A layer in a wrapper has the wrapper's name in front: "<wrapper>/<layer>",
/// and in a model in a wrapper the calls' names: "<wrapper>/<call>/<layer>".
/// Tensors of layers that lead to no output are left out. One that belongs to
/// no layer keeps the name it has in the file.
std::vector<NamedTensor> assignWeights(KerasModel &model,
                                       std::vector<NamedTensor> tensors);

/// The same for a file that is a tree of objects, and for one that lists the
/// weights of each layer.
std::vector<NamedTensor> assignTree(KerasModel &model,
                                    std::vector<NamedTensor> tensors);
std::vector<NamedTensor> assignLists(KerasModel &model,
                                     std::vector<NamedTensor> tensors);

/// Brings the weights of a layer, in the order of the file's list, from an old
/// layout into Keras 3's. Does nothing to what does not have the old form, so
/// that it is refused by its shape.
void modernizeWeights(const KerasLayer &layer,
                      std::vector<NamedTensor> &weights);

/// What the dialect calls a layer in a wrapper.
std::string getWrappedName(const KerasLayer &wrapper,
                           const KerasWrapped &wrapped);

} // namespace nnc

#endif // NNC_COMPILER_IMPORT_KERASWEIGHTS_H
