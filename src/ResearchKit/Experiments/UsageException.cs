namespace ResearchKit.Experiments;

/// <summary>What was asked for does not exist or has the wrong type; the message names it and what there is.</summary>
public sealed class UsageException : ArgumentException
{
    /// <summary>With the message that the user gets to read.</summary>
    public UsageException(string message)
        : base(message)
    {
    }

    /// <summary>With the message that the user gets to read and what led to it.</summary>
    public UsageException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
