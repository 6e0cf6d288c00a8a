//===- ProfilePage.cpp - a profile as a page ------------------------------===//
//
// See ProfilePage.h. The page's parts (page/report.html, .css and .js) are put
// together with the profile's JSON, from which the script draws everything. In
// the JSON only texts have a '<', and none of them must end the script.
//
//===----------------------------------------------------------------------===//

#include "tools/nnc-run/ProfilePage.h"
#include "tools/nnc-run/ProfileText.h"
#include "tools/nnc-run/Text.h"

namespace nnc::run {
namespace {

constexpr std::string_view kPage =
#include "tools/nnc-run/report.html.inc"
    ;
constexpr std::string_view kStyle =
#include "tools/nnc-run/report.css.inc"
    ;
constexpr std::string_view kScript =
#include "tools/nnc-run/report.js.inc"
    ;

std::string scriptText(const std::string &json) {
  std::string result;
  for (char c : json)
    result += c == '<' ? std::string("\\u003c") : std::string(1, c);
  return result;
}

} // namespace

std::string printProfilePage(const LayerProfile &profile) {
  std::string text;
  std::string_view rest = kPage;
  for (;;) {
    std::size_t start = rest.find("{{");
    text += rest.substr(0, start);
    if (start == rest.npos)
      return text;
    std::size_t end = rest.find("}}", start);
    std::string_view part = rest.substr(start + 2, end - start - 2);
    rest.remove_prefix(end + 2);
    if (part == "style")
      text += kStyle;
    else if (part == "script")
      text += kScript;
    else if (part == "data")
      text += scriptText(printProfileJson(profile));
    else
      text += xmlText(profile.model);
  }
}

} // namespace nnc::run
