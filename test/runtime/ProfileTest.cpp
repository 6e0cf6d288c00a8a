//===- ProfileTest.cpp - the profile of nnc-run ---------------------------===//
//
// The arithmetic of a profile, its axes, and what the table, the JSON and the
// picture make of names that are not meant for them.
//
//===----------------------------------------------------------------------===//

#include "tools/nnc-run/ProfilePage.h"
#include "tools/nnc-run/ProfileSvg.h"
#include "tools/nnc-run/ProfileText.h"
#include "tools/nnc-run/Text.h"
#include "gtest/gtest.h"

using namespace nnc::run;

namespace {

LayerTime makeLayer(const std::string &name, double microseconds, double flops,
                    double bytes) {
  LayerTime layer;
  layer.name = name;
  layer.kind = "Dense";
  layer.microseconds = microseconds;
  layer.flops = flops;
  layer.bytes = bytes;
  return layer;
}

/// 100 GFLOP/s and 50 GB/s: from two operations a byte on, computing counts.
LayerProfile makeProfile() {
  LayerProfile profile;
  profile.model = "net";
  profile.batch = 1;
  profile.call = {10, 12, 11, 13, 14};
  profile.roofline = {100, 50, 4096};
  profile.layers = {makeLayer("conv", 6, 300e3, 10e3),
                    makeLayer("dense", 3, 10e3, 75e3),
                    makeLayer("copy", 1, 0, 50e3)};
  return profile;
}

bool contains(const std::string &text, const std::string &part) {
  return text.find(part) != std::string::npos;
}

TEST(Profile, RatesAndShares) {
  LayerProfile profile = makeProfile();
  EXPECT_DOUBLE_EQ(profile.layersMicroseconds(), 10);
  EXPECT_DOUBLE_EQ(profile.share(profile.layers[0]), 0.6);
  EXPECT_DOUBLE_EQ(profile.gflops(profile.layers[0]), 50);
  EXPECT_DOUBLE_EQ(profile.gigabytes(profile.layers[1]), 25);
  // Bound by computing, by memory, and by memory alone.
  EXPECT_DOUBLE_EQ(profile.efficiency(profile.layers[0]), 0.5);
  EXPECT_DOUBLE_EQ(profile.efficiency(profile.layers[1]), 0.5);
  EXPECT_DOUBLE_EQ(profile.efficiency(profile.layers[2]), 1);
}

TEST(Profile, NothingMeasuredDividesNothing) {
  LayerProfile profile;
  profile.layers = {makeLayer("empty", 0, 0, 0)};
  EXPECT_EQ(profile.share(profile.layers[0]), 0);
  EXPECT_EQ(profile.gflops(profile.layers[0]), 0);
  EXPECT_EQ(profile.efficiency(profile.layers[0]), 0);
  EXPECT_TRUE(contains(printProfile(profile), "empty"));
  EXPECT_FALSE(contains(drawProfile(profile), "nan"));
  EXPECT_FALSE(contains(drawProfile(LayerProfile()), "nan"));
}

TEST(Profile, Table) {
  LayerProfile profile = makeProfile();
  profile.layers[2].fused = "pad";
  std::string text = printProfile(profile);
  EXPECT_TRUE(contains(text, "median 12.000 us, of which layers 10.000 us"));
  EXPECT_TRUE(contains(
      text,
      "conv        Dense       6.000  60.0%     50.0      1.7       50%\n"))
      << text;
  EXPECT_TRUE(contains(
      text,
      "copy + pad  Dense       1.000  10.0%        -     50.0      100%\n"))
      << text;
}

TEST(Profile, JsonHasNullForWhatIsNotKnown) {
  std::string text = printProfileJson(makeProfile());
  EXPECT_TRUE(contains(text, "\"name\": \"copy\""));
  EXPECT_TRUE(contains(text, "\"gflops\": null, \"gbytes\": 50,"));
}

TEST(Profile, NamesAreEscaped) {
  LayerProfile profile = makeProfile();
  profile.layers[0].name = "<b>&\"\\\x1b[31m\n";
  EXPECT_TRUE(contains(printProfile(profile), "<b>&\"\\?[31m?"));
  EXPECT_TRUE(contains(printProfileJson(profile), "\"<b>&\\\"\\\\?[31m?\""));
  std::string svg = drawProfile(profile);
  EXPECT_TRUE(contains(svg, "&lt;b&gt;&amp;&quot;\\?[31m?"));
  EXPECT_FALSE(contains(svg, "<b>"));
}

TEST(Profile, PageHoldsTheJsonAndNothingEndsItEarly) {
  LayerProfile profile = makeProfile();
  profile.layers[0].name = "</script><b>{{data}}";
  profile.description = "{\"name\": \"</script>\"}";
  std::string page = printProfilePage(profile);
  EXPECT_TRUE(contains(page, "<title>net: profile</title>"));
  EXPECT_TRUE(contains(page, "\\u003c/script>\\u003cb>{{data}}"));
  EXPECT_TRUE(contains(page, "\"description\": {\"name\": \"\\u003c/scr"));
  EXPECT_FALSE(contains(page, "</script><b>"));
  EXPECT_TRUE(contains(printProfilePage(LayerProfile()), "\"layers\": []"));
}

TEST(Profile, FormatsAreToldByTheEnding) {
  EXPECT_EQ(profileFormat("-"), ProfileFormat::Text);
  EXPECT_EQ(profileFormat("a/b.html"), ProfileFormat::Html);
  EXPECT_EQ(profileFormat("b.svg"), ProfileFormat::Svg);
  EXPECT_EQ(profileFormat("b.html.json"), ProfileFormat::Json);
  EXPECT_FALSE(profileFormat(".html"));
  EXPECT_FALSE(profileFormat("model.so"));
  EXPECT_FALSE(profileFormat(""));
}

TEST(Profile, PictureHasABarForEachLayerAndAPointForThoseThatCompute) {
  std::string svg = drawProfile(makeProfile());
  size_t bars = 0, points = 0;
  for (size_t at = 0; (at = svg.find("class=\"bar\"", at)) != svg.npos; ++at)
    ++bars;
  for (size_t at = 0; (at = svg.find("<circle", at)) != svg.npos; ++at)
    ++points;
  EXPECT_EQ(bars, 3u);
  EXPECT_EQ(points, 2u);
}

TEST(LogAxis, CoversItsValues) {
  LogAxis axis({0.02, 30, 0, -1});
  EXPECT_EQ(axis.low, -2);
  EXPECT_EQ(axis.high, 2);
  EXPECT_DOUBLE_EQ(axis.position(1), 0.5);
  LogAxis single({10});
  EXPECT_EQ(single.low, 1);
  EXPECT_EQ(single.high, 2);
  LogAxis none({});
  EXPECT_EQ(none.high - none.low, 1);
}

TEST(Roofline, LimitsAreMeasured) {
  Roofline roofline = measureRoofline(nullptr, 100000);
  EXPECT_GT(roofline.gflops, 0.1);
  EXPECT_GT(roofline.gigabytes, 0.1);
  EXPECT_EQ(roofline.bytes, 98304u);
  EXPECT_EQ(Roofline().microseconds(1, 1), 0);
}

TEST(Text, FitsCharactersNotBytes) {
  EXPECT_EQ(fitText("ab", 4), "ab  ");
  EXPECT_EQ(fitText("abcd", 4), "abcd");
  EXPECT_EQ(fitText("abcde", 4), "abc~");
  EXPECT_EQ(fitText("größe", 5), "größe");
  EXPECT_EQ(fitText("größen", 4), "grö~");
}

TEST(Text, Formats) {
  EXPECT_EQ(format("%d %s", 7, "x"), "7 x");
  EXPECT_EQ(format("%s", ""), "");
}

} // namespace
