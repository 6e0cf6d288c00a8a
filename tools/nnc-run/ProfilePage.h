//===- ProfilePage.h - a profile as a page ----------------------*- C++ -*-===//

#ifndef NNC_TOOLS_NNC_RUN_PROFILEPAGE_H
#define NNC_TOOLS_NNC_RUN_PROFILEPAGE_H

#include "tools/nnc-run/Profile.h"

namespace nnc::run {

/// An HTML file that needs nothing else and asks no network: the layers over
/// time, under the roofline, in the graph, in memory and as a table.
std::string printProfilePage(const LayerProfile &profile);

} // namespace nnc::run

#endif // NNC_TOOLS_NNC_RUN_PROFILEPAGE_H
