namespace ResearchKit.Kernels;

/// <summary>A weight that is not zero, and where its input lies from the start of a tile's inputs, in floats.</summary>
internal readonly record struct SparseTap(float Weight, int Offset);

/// <summary>The weights of one filter on a block of channels.</summary>
/// <param name="Filter">Whose.</param>
/// <param name="Start">The first.</param>
/// <param name="End">One past the last.</param>
internal readonly record struct SparseRun(int Filter, int Start, int End);
