//===- GraphLayout.h - where the boxes of a graph lie -----------*- C++ -*-===//
//
// Draws a directed graph in ranks from top to bottom (Sugiyama's method): what
// a box takes comes from above, an edge that passes ranks has a lane of its own
// beside their boxes, so that nothing is drawn across a box. A pure function of
// sizes and edges.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_MODEL_GRAPHLAYOUT_H
#define NNC_COMPILER_MODEL_GRAPHLAYOUT_H

#include "llvm/ADT/ArrayRef.h"
#include <utility>
#include <vector>

namespace nnc {

struct BoxSize {
  double width, height;
};

struct LayoutPoint {
  double x, y;
};

struct GraphLayout {
  struct Box {
    double x, y, width, height; ///< x, y: the corner above, to the left
  };
  std::vector<Box> boxes;
  /// For each edge an even number of points: a curve from the first to the
  /// second, straight on to the third, a curve to the fourth, and so on.
  std::vector<std::vector<LayoutPoint>> edges;
  double width = 0, height = 0;
};

/// `edges`: pairs of boxes, from and to. Cycles and edges from a box to itself
/// are allowed; the latter have no points.
GraphLayout layOutGraph(llvm::ArrayRef<BoxSize> sizes,
                        llvm::ArrayRef<std::pair<size_t, size_t>> edges);

} // namespace nnc

#endif // NNC_COMPILER_MODEL_GRAPHLAYOUT_H
