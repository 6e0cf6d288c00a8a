//===- GraphLayoutTest.cpp - where the boxes of a graph lie ---------------===//
//
// What makes a layout readable, checked on the shapes that models have: ranks
// follow the edges, boxes never touch, edges run beside boxes, a chain is
// straight, and what is large takes no longer than what is small deserves.
//
//===----------------------------------------------------------------------===//

#include "compiler/model/GraphLayout.h"
#include "compiler/model/LayerGraph.h"
#include <chrono>
#include <gtest/gtest.h>

using namespace nnc;

namespace {

using Edges = std::vector<std::pair<size_t, size_t>>;
using Box = GraphLayout::Box;

double middle(const Box &box) { return box.x + box.width / 2; }

GraphLayout layOutBoxes(size_t count, const Edges &edges) {
  std::vector<BoxSize> sizes(count, {100, 40});
  return layOutGraph(sizes, edges);
}

bool overlap(const Box &a, const Box &b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height &&
         b.y < a.y + a.height;
}

/// Does an upright part of an edge run through a box? The curves are between
/// ranks, where there are no boxes.
bool crosses(const std::vector<LayoutPoint> &points, const Box &box) {
  for (size_t i = 1; i + 1 < points.size(); i += 2) {
    double top = std::min(points[i].y, points[i + 1].y);
    double bottom = std::max(points[i].y, points[i + 1].y);
    if (points[i].x > box.x && points[i].x < box.x + box.width &&
        top < box.y + box.height && bottom > box.y)
      return true;
  }
  return false;
}

void expectReadable(const GraphLayout &layout) {
  for (size_t a = 0; a != layout.boxes.size(); ++a) {
    const Box &box = layout.boxes[a];
    EXPECT_GE(box.x, 0);
    EXPECT_GE(box.y, 0);
    EXPECT_LE(box.x + box.width, layout.width);
    EXPECT_LE(box.y + box.height, layout.height);
    for (size_t b = 0; b != a; ++b)
      EXPECT_FALSE(overlap(box, layout.boxes[b])) << a << " and " << b;
    for (const auto &points : layout.edges)
      EXPECT_FALSE(crosses(points, box)) << a;
  }
}

/// Blocks of three layers in a row with a shortcut around them.
Edges residualBlocks(size_t blocks) {
  Edges edges;
  for (size_t start = 0; start != 4 * blocks; start += 4) {
    for (size_t i = start; i != start + 4; ++i)
      edges.push_back({i, i + 1});
    edges.push_back({start, start + 4});
  }
  return edges;
}

} // namespace

TEST(GraphLayout, EmptyAndSingle) {
  EXPECT_GT(layOutBoxes(0, {}).width, 0);
  GraphLayout layout = layOutBoxes(1, {});
  ASSERT_EQ(layout.boxes.size(), 1u);
  expectReadable(layout);
}

TEST(GraphLayout, AChainIsStraightDownwards) {
  GraphLayout layout = layOutBoxes(4, {{0, 1}, {1, 2}, {2, 3}});
  expectReadable(layout);
  for (size_t i = 1; i != 4; ++i) {
    EXPECT_EQ(middle(layout.boxes[i]), middle(layout.boxes[0]));
    EXPECT_GE(layout.boxes[i].y,
              layout.boxes[i - 1].y + layout.boxes[i - 1].height);
  }
  const auto &points = layout.edges[0];
  ASSERT_EQ(points.size(), 2u);
  EXPECT_EQ(points[0].y, layout.boxes[0].y + 40);
  EXPECT_EQ(points[1].y, layout.boxes[1].y);
}

TEST(GraphLayout, AShortcutRunsBesideTheLayersThatItPasses) {
  GraphLayout layout = layOutBoxes(9, residualBlocks(2));
  expectReadable(layout);
  for (const Box &box : layout.boxes)
    EXPECT_NEAR(middle(box), middle(layout.boxes[0]), 1);
  const auto &points = layout.edges[4];
  ASSERT_EQ(points.size(), 8u);
  for (size_t i = 1; i != 7; ++i)
    EXPECT_EQ(points[i].x, points[1].x);
}

TEST(GraphLayout, BranchesLieSideBySideAroundWhatTheyShare) {
  Edges edges;
  for (size_t branch = 1; branch != 5; ++branch) {
    edges.push_back({0, branch});
    edges.push_back({branch, 5});
  }
  GraphLayout layout = layOutBoxes(6, edges);
  expectReadable(layout);
  for (size_t branch = 2; branch != 5; ++branch)
    EXPECT_EQ(layout.boxes[branch].y, layout.boxes[1].y);
  EXPECT_NEAR(middle(layout.boxes[0]),
              (middle(layout.boxes[1]) + middle(layout.boxes[4])) / 2, 1);
}

TEST(GraphLayout, SomethingTakenLateLiesAboveIt) {
  GraphLayout layout = layOutBoxes(5, {{0, 1}, {1, 2}, {2, 3}, {4, 3}});
  EXPECT_EQ(layout.boxes[4].y, layout.boxes[2].y);
}

TEST(GraphLayout, CyclesLoopsAndRepeatedEdgesAreDrawn) {
  GraphLayout layout =
      layOutBoxes(4, {{0, 1}, {1, 2}, {2, 1}, {2, 3}, {2, 3}, {3, 3}, {3, 0}});
  expectReadable(layout);
  ASSERT_EQ(layout.edges.size(), 7u);
  EXPECT_TRUE(layout.edges[5].empty());
  // Upwards, from the box that it starts at.
  EXPECT_GT(layout.edges[2].front().y, layout.edges[2].back().y);
}

TEST(GraphLayout, LargeModelsAreQuick) {
  auto start = std::chrono::steady_clock::now();
  GraphLayout layout = layOutBoxes(3001, residualBlocks(750));
  // Everything goes into the last layer: more bends than are drawn.
  Edges edges;
  for (size_t i = 0; i + 1 < 3000; ++i) {
    edges.push_back({i, i + 1});
    edges.push_back({i, 2999});
  }
  GraphLayout dense = layOutBoxes(3000, edges);
  std::chrono::duration<double> passed =
      std::chrono::steady_clock::now() - start;
  EXPECT_EQ(layout.boxes.size(), 3001u);
  EXPECT_EQ(dense.edges.size(), edges.size());
  EXPECT_LT(passed.count(), 20);
}

TEST(LayerGraph, BoxesSayWhatALayerIs) {
  GraphNode node;
  node.name = "a/very/long/name/of/some/layer/in/some/model";
  node.className = "Conv2D";
  node.params = 12345;
  node.shapes = {"(None, 4)"};
  EXPECT_EQ(boxLines(node),
            (std::vector<std::string>{"a/very/long/name/o…yer/in/some/model",
                                      "Conv2D · 12,345 params", "(None, 4)"}));
  node.shapes.assign(5, "(None, 4)");
  EXPECT_EQ(boxLines(node).back(), "… 5 outputs");
}
