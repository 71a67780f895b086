namespace ResearchKit.Papers.Ssl;

/// <summary>Which weights of a layer, [N, C, M, K] (filters, channels, rows, columns), vanish together.</summary>
public enum Structure
{
    /// <summary>W[n,:,:,:], N groups: a row of the lowered matrix.</summary>
    Filter,

    /// <summary>W[:,c,:,:], C groups.</summary>
    Channel,

    /// <summary>W[:,c,m,k], C M K groups: a column of the lowered matrix, hence a place that no filter reads.</summary>
    Shape,

    /// <summary>The whole layer, one group: used between the ends of a shortcut.</summary>
    Layer,
}
