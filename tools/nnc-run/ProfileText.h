//===- ProfileText.h - a profile as a table or as JSON ----------*- C++ -*-===//

#ifndef NNC_TOOLS_NNC_RUN_PROFILETEXT_H
#define NNC_TOOLS_NNC_RUN_PROFILETEXT_H

#include "tools/nnc-run/Profile.h"

namespace nnc::run {

/// For people: a row for each layer.
std::string printProfile(const LayerProfile &profile);

/// One JSON object; what is not known is null.
std::string printProfileJson(const LayerProfile &profile);

} // namespace nnc::run

#endif // NNC_TOOLS_NNC_RUN_PROFILETEXT_H
