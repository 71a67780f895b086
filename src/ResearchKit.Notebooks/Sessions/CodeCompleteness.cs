namespace ResearchKit.Notebooks.Sessions;

/// <summary>Whether a text can be run as it stands.</summary>
public enum CodeCompleteness
{
    /// <summary>It can.</summary>
    Complete,

    /// <summary>More has to follow.</summary>
    Incomplete,

    /// <summary>Nothing that follows can make it right.</summary>
    Invalid,
}
