namespace ResearchKit.Papers.GroupSparse;

/// <summary>What is added to the loss, all by the same factor.</summary>
public enum Penalty
{
    /// <summary>Weight decay: the sum of squares.</summary>
    L2,

    /// <summary>Lasso: the sum of magnitudes.</summary>
    L1,

    /// <summary>Group lasso over the outgoing weights of each unit.</summary>
    GroupLasso,

    /// <summary>Group lasso and lasso together.</summary>
    SparseGroupLasso,
}
