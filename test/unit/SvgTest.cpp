//===- SvgTest.cpp - a picture of a model ---------------------------------===//

#include "compiler/emit/Svg.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace nnc;
using testing::HasSubstr;
using testing::Not;

TEST(Svg, NamesOfAnyKindAreEscaped) {
  ModelInfo model;
  model.kerasName = "a<b";
  LayerInfo layer;
  layer.name = "<script>\x1b&\"";
  layer.className = "Dense";
  layer.outputShapes = {{-1, 4}};
  layer.params = 7;
  model.layers = {layer};
  std::string text = emitSvg(model);
  EXPECT_THAT(text, HasSubstr("<title>a&lt;b</title>"));
  EXPECT_THAT(text, HasSubstr("&lt;script&gt;?&amp;&quot;"));
  EXPECT_THAT(text, HasSubstr("<g class=\"weights\">"));
  EXPECT_THAT(text, Not(HasSubstr("<script>")));
}

TEST(Svg, EmptyModel) {
  EXPECT_THAT(emitSvg(ModelInfo()), HasSubstr("</svg>"));
}
