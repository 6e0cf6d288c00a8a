//===- WinogradLoops.h - loops over tiles and channels -----------*- C++
//-*-===//
//
// One convolution by Winograd on buffers: the loops over blocks of tiles and of
// channels, where tiles are in the image, and the buffers of a block. The three
// parts of a block (LowerWinograd.cpp) are written with these.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_WINOGRADLOOPS_H
#define NNC_COMPILER_CODEGEN_WINOGRADLOOPS_H

#include "compiler/codegen/KernelOps.h"
#include "compiler/codegen/WinogradTiles.h"

#include "mlir/IR/Builders.h"

namespace nnc {

/// Part of an axis.
struct Span {
  mlir::OpFoldResult first;
  int64_t count = 1;
};

/// A buffer seen with one index, and the strides of an image, a row, a column
/// and a channel in it, or of its own axes.
struct FlatBuffer {
  mlir::Value buffer;
  llvm::SmallVector<int64_t> strides;
};

class WinogradLoops {
public:
  WinogradLoops(mlir::OpBuilder &builder, kernel::WinogradOp op, int64_t lanes);
  void emit();

private:
  /// The axes that are cut into blocks: of tiles, and channels of the output.
  enum Axis { Images, Rows, Columns, Channels, Axes };

  /// A range of what is counted along an axis.
  struct Part {
    mlir::OpFoldResult first, end;
  };

  /// A row or a column at the border of the image.
  struct Edge {
    mlir::OpFoldResult nearest;
    mlir::Value isThere;
  };

  using Body = llvm::function_ref<void()>;
  using OnTile = llvm::function_ref<void(llvm::ArrayRef<int64_t> rows,
                                         llvm::ArrayRef<int64_t> columns)>;
  using OnRun = llvm::function_ref<void(mlir::OpFoldResult tile,
                                        llvm::ArrayRef<int64_t> elements)>;
  using OnChannels =
      llvm::function_ref<void(mlir::OpFoldResult first, int64_t width)>;
  using Elements = llvm::function_ref<llvm::SmallVector<int64_t>(int64_t tile)>;

  mlir::Value constant(int64_t value);
  FlatBuffer flatten(mlir::Value buffer);
  mlir::Value index(mlir::AffineExpr moving,
                    llvm::ArrayRef<mlir::OpFoldResult> loops, int64_t fixed);
  mlir::Value load(mlir::Value buffer, mlir::Value where, int64_t width);
  void store(mlir::Value value, mlir::Value buffer, mlir::Value where,
             int64_t width);

  mlir::Value allocate(int64_t copies, int64_t channels);
  mlir::Value openScratch(mlir::Value scratch, mlir::Value task);
  int64_t countBlocks(Axis axis) const;
  Axis axisOfTasks();
  void share(int64_t count,
             llvm::function_ref<void(mlir::Value task, const Part &part)> body);
  void overLoop(mlir::OpFoldResult low, mlir::OpFoldResult high, int64_t step,
                llvm::function_ref<void(mlir::OpFoldResult)> body);
  void overBlocks(Axis axis, Body body);
  void overRuns(Axis axis, Elements elements, OnRun body);
  void overTiles(Elements rows, Elements columns, OnTile body);
  void overChannels(const Span &span, OnChannels body);
  std::pair<int64_t, int64_t> tilesInside(unsigned side);
  std::optional<mlir::Value> isInside();
  Edge findEdge(Axis axis, int64_t element);
  llvm::SmallVector<int64_t> resultsInside(int64_t tile, unsigned side);
  mlir::AffineExpr tileInBlock() const;

  void transformInput();
  TileElements loadInput(mlir::OpFoldResult channel, int64_t width);
  TileElements loadBorder(llvm::ArrayRef<Edge> rows,
                          llvm::ArrayRef<Edge> columns,
                          mlir::OpFoldResult channel, int64_t width);
  void transformInputTile(bool atBorder);
  void makeResults(mlir::Value task);
  void multiply();
  void transformOutput();
  void transformOutputTile(llvm::ArrayRef<int64_t> rows,
                           llvm::ArrayRef<int64_t> columns,
                           mlir::OpFoldResult channel, int64_t width);
  mlir::Value loadExtra(unsigned extra, int64_t row, int64_t column,
                        mlir::OpFoldResult channel, int64_t width);
  mlir::Value index(llvm::ArrayRef<int64_t> strides, int64_t row,
                    int64_t column, mlir::OpFoldResult channel);

  mlir::OpBuilder &builder;
  mlir::Location loc;
  kernel::WinogradOp op;
  WinogradTransform transform;
  int64_t lanes, panel;
  int64_t extents[Axes], most[Axes]; ///< of the axes, and of a block
  Part parts[Axes];                  ///< the blocks that a task does
  Span block[Axes];
  std::optional<Part> rowsOfTask; ///< rows of tiles in the block, if not all
  mlir::OpFoldResult tile[3];     ///< image, row and column
  FlatBuffer input, output, inputs, products;
  llvm::SmallVector<FlatBuffer> extras;
  mlir::Value inputScratch, productScratch; ///< of all tasks
  mlir::Value inputTiles, productTiles;
};

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_WINOGRADLOOPS_H
