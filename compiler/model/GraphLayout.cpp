//===- GraphLayout.cpp - where the boxes of a graph lie -------------------===//
//
// See GraphLayout.h. Four steps: each box gets the rank below the last of what
// it takes; edges that pass ranks get a bend in each, which all edges of one
// box share; barycenters order the ranks; coordinates are those nearest to the
// neighbours' that keep the order and the distances, found rank by rank with
// pooled violators (isotonic regression). Boxes weigh so much more than bends
// that a chain of boxes stays straight and lanes give way.
//
//===----------------------------------------------------------------------===//

#include "compiler/model/GraphLayout.h"

#include "llvm/ADT/STLExtras.h"
#include <algorithm>
#include <cmath>

using namespace llvm;

namespace nnc {
namespace {

constexpr double kMargin = 16, kColumnGap = 28, kRankGap = 30, kLane = 20;
constexpr int kOrderSweeps = 8, kPlaceSweeps = 12;
/// Of all edges together; what would need more is drawn straight through.
constexpr size_t kMostBends = 50000;

struct Vertex {
  double width, height;
  bool isBend;
  size_t rank = 0;
  std::vector<size_t> above, below;
  double x = 0; ///< of the centre
};

class Layouter {
public:
  Layouter(ArrayRef<BoxSize> sizes, ArrayRef<std::pair<size_t, size_t>> edges);
  GraphLayout run();

private:
  void assignRanks();
  void addBends();
  void orderRanks();
  void placeRank(std::vector<size_t> &rank, bool fromAbove);
  void placeColumns();
  std::vector<LayoutPoint> route(size_t from, size_t to) const;

  size_t count; ///< boxes; their vertices come first
  std::vector<std::pair<size_t, size_t>> edges;
  std::vector<Vertex> vertices;
  std::vector<std::vector<size_t>> bends; ///< of each box, by ranks below it
  std::vector<std::vector<size_t>> ranks;
  std::vector<double> tops, bottoms; ///< of ranks
};

} // namespace

Layouter::Layouter(ArrayRef<BoxSize> sizes,
                   ArrayRef<std::pair<size_t, size_t>> edges)
    : count(sizes.size()), edges(edges), bends(sizes.size()) {
  for (const BoxSize &size : sizes)
    vertices.push_back({size.width, size.height, /*isBend=*/false, 0, {}, {}});
}

/// The longest path to each box. Where only cycles are left, the first box is
/// taken to be above, and edges back to it run upwards.
void Layouter::assignRanks() {
  std::vector<std::vector<size_t>> followers(count);
  std::vector<size_t> missing(count), order;
  for (auto [from, to] : edges) {
    if (from == to)
      continue;
    followers[from].push_back(to);
    ++missing[to];
  }
  std::vector<bool> done(count);
  auto take = [&](size_t box) {
    done[box] = true;
    order.push_back(box);
  };
  for (size_t box = 0; box != count; ++box)
    if (missing[box] == 0)
      take(box);
  for (size_t at = 0, next = 0; at != count; ++at) {
    if (at == order.size()) {
      while (done[next])
        ++next;
      take(next);
    }
    size_t box = order[at];
    for (size_t follower : followers[box]) {
      if (done[follower])
        continue;
      Vertex &below = vertices[follower];
      below.rank = std::max(below.rank, vertices[box].rank + 1);
      if (--missing[follower] == 0)
        take(follower);
    }
  }
  // What takes nothing lies right above the first that takes it.
  std::vector<bool> takes(count);
  for (auto [from, to] : edges)
    takes[to] = takes[to] || from != to;
  for (size_t box = 0; box != count; ++box) {
    if (takes[box] || followers[box].empty())
      continue;
    size_t first = vertices[followers[box].front()].rank;
    for (size_t follower : followers[box])
      first = std::min(first, vertices[follower].rank);
    vertices[box].rank = first ? first - 1 : 0;
  }
}

void Layouter::addBends() {
  for (auto &[from, to] : edges)
    if (vertices[from].rank > vertices[to].rank)
      std::swap(from, to);
  std::vector<size_t> lowest(count);
  for (auto [from, to] : edges)
    lowest[from] = std::max(lowest[from], vertices[to].rank);
  size_t total = 0;
  for (size_t box = 0; box != count; ++box) {
    size_t rank = vertices[box].rank + 1;
    if (lowest[box] <= rank)
      continue;
    total += lowest[box] - rank;
    if (total > kMostBends)
      continue;
    for (size_t above = box; rank != lowest[box]; ++rank) {
      size_t bend = vertices.size();
      vertices.push_back({kLane, 0, /*isBend=*/true, rank, {above}, {}});
      vertices[above].below.push_back(bend);
      bends[box].push_back(bend);
      above = bend;
    }
  }
  for (auto [from, to] : edges) {
    size_t passed = vertices[to].rank - vertices[from].rank;
    if (passed == 0 || (passed > 1 && bends[from].empty()))
      continue;
    size_t above = passed == 1 ? from : bends[from][passed - 2];
    vertices[above].below.push_back(to);
    vertices[to].above.push_back(above);
  }
}

void Layouter::orderRanks() {
  size_t most = 0;
  for (const Vertex &vertex : vertices)
    most = std::max(most, vertex.rank);
  ranks.resize(vertices.empty() ? 0 : most + 1);
  std::vector<double> position(vertices.size());
  for (auto [index, vertex] : enumerate(vertices)) {
    position[index] = static_cast<double>(ranks[vertex.rank].size());
    ranks[vertex.rank].push_back(index);
  }
  std::vector<double> wanted(vertices.size());
  auto sort = [&](std::vector<size_t> &rank, bool fromAbove) {
    for (size_t index : rank) {
      const Vertex &vertex = vertices[index];
      const std::vector<size_t> &others =
          fromAbove ? vertex.above : vertex.below;
      double sum = 0;
      for (size_t other : others)
        sum += position[other];
      wanted[index] = others.empty() ? position[index]
                                     : sum / static_cast<double>(others.size());
    }
    llvm::stable_sort(
        rank, [&](size_t a, size_t b) { return wanted[a] < wanted[b]; });
    for (auto [place, index] : enumerate(rank))
      position[index] = static_cast<double>(place);
  };
  for (int sweep = 0; sweep != kOrderSweeps; ++sweep) {
    for (std::vector<size_t> &rank : ranks)
      sort(rank, /*fromAbove=*/true);
    if (sweep + 1 != kOrderSweeps)
      for (std::vector<size_t> &rank : reverse(ranks))
        sort(rank, /*fromAbove=*/false);
  }
}

/// Where a vertex wants to be: in the middle of the boxes it is connected to,
/// or else of the bends. A bend wants to be in line with the edge's next one.
static double wantedPlace(const std::vector<Vertex> &vertices,
                          const Vertex &vertex, bool fromAbove) {
  const std::vector<size_t> &others = fromAbove ? vertex.above : vertex.below;
  if (vertex.isBend)
    for (const std::vector<size_t> *side :
         {&others, &vertex.below, &vertex.above})
      for (size_t other : *side)
        if (vertices[other].isBend)
          return vertices[other].x;
  double sum = 0, number = 0;
  for (bool bend : {false, true}) {
    for (size_t other : others)
      if (vertices[other].isBend == bend) {
        sum += vertices[other].x;
        ++number;
      }
    if (number > 0)
      return sum / number;
  }
  return vertex.x;
}

/// The places nearest to the wanted ones, in the order of the rank. Those that
/// would overlap form a group that moves as one.
void Layouter::placeRank(std::vector<size_t> &rank, bool fromAbove) {
  // What everything passes through is on the middle line, so that a deep model
  // goes straight down whatever its branches look like.
  if (rank.size() == 1)
    return;
  struct Group {
    double sum, weight; ///< of wanted places of the first, if alone
    size_t members;
    double place() const { return sum / weight; }
  };
  std::vector<Group> groups;
  std::vector<double> offsets;
  double offset = 0;
  for (auto [place, index] : enumerate(rank)) {
    const Vertex &vertex = vertices[index];
    if (place) {
      const Vertex &before = vertices[rank[place - 1]];
      bool lanes = before.isBend || vertex.isBend;
      offset += (before.width + vertex.width) / 2 + (lanes ? 0 : kColumnGap);
    }
    offsets.push_back(offset);
    double weight = vertex.isBend ? 1 : 1e6;
    double wanted = wantedPlace(vertices, vertex, fromAbove);
    groups.push_back({(wanted - offset) * weight, weight, 1});
    while (groups.size() > 1 &&
           groups[groups.size() - 2].place() > groups.back().place()) {
      Group last = groups.back();
      groups.pop_back();
      groups.back().sum += last.sum;
      groups.back().weight += last.weight;
      groups.back().members += last.members;
    }
  }
  size_t place = 0;
  for (const Group &group : groups)
    for (size_t end = place + group.members; place != end; ++place)
      vertices[rank[place]].x = group.place() + offsets[place];
}

void Layouter::placeColumns() {
  for (int sweep = 0; sweep != kPlaceSweeps; ++sweep) {
    for (std::vector<size_t> &rank : ranks)
      placeRank(rank, /*fromAbove=*/true);
    if (sweep + 1 != kPlaceSweeps)
      for (std::vector<size_t> &rank : reverse(ranks))
        placeRank(rank, /*fromAbove=*/false);
  }
}

/// Of an edge from a box to one of a later rank.
std::vector<LayoutPoint> Layouter::route(size_t from, size_t to) const {
  const Vertex &start = vertices[from], &end = vertices[to];
  std::vector<LayoutPoint> points = {
      {start.x, tops[start.rank] + start.height}};
  size_t passed = end.rank - start.rank;
  for (size_t step = 1; step < passed && !bends[from].empty(); ++step) {
    const Vertex &bend = vertices[bends[from][step - 1]];
    points.push_back({bend.x, tops[bend.rank]});
    points.push_back({bend.x, bottoms[bend.rank]});
  }
  points.push_back({end.x, tops[end.rank]});
  return points;
}

GraphLayout Layouter::run() {
  std::vector<std::pair<size_t, size_t>> given = edges;
  assignRanks();
  addBends();
  orderRanks();
  placeColumns();
  double y = kMargin, left = 0, right = 0;
  for (const std::vector<size_t> &rank : ranks) {
    double height = 0;
    for (size_t index : rank) {
      const Vertex &vertex = vertices[index];
      height = std::max(height, vertex.height);
      left = std::min(left, vertex.x - vertex.width / 2);
      right = std::max(right, vertex.x + vertex.width / 2);
    }
    tops.push_back(y);
    bottoms.push_back(y + height);
    y += height + kRankGap;
  }
  for (Vertex &vertex : vertices)
    vertex.x = std::round(vertex.x - left + kMargin);
  GraphLayout result;
  result.width = std::round(right - left) + 2 * kMargin;
  result.height = ranks.empty() ? 2 * kMargin : y - kRankGap + kMargin;
  for (const Vertex &box : ArrayRef(vertices).take_front(count))
    result.boxes.push_back(
        {box.x - box.width / 2, tops[box.rank], box.width, box.height});
  for (auto [edge, original] : llvm::zip_equal(edges, given)) {
    std::vector<LayoutPoint> points;
    if (edge.first != edge.second)
      points = route(edge.first, edge.second);
    if (edge != original)
      std::reverse(points.begin(), points.end());
    result.edges.push_back(std::move(points));
  }
  return result;
}

GraphLayout layOutGraph(ArrayRef<BoxSize> sizes,
                        ArrayRef<std::pair<size_t, size_t>> edges) {
  return Layouter(sizes, edges).run();
}

} // namespace nnc
