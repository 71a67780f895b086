namespace Microsoft.DotNet.Interactive;

/// <summary>A secret that the user typed; it is not shown when the value is.</summary>
public sealed class PasswordString(string password)
{
    /// <summary>The secret.</summary>
    public string GetClearTextPassword() => password;

    /// <inheritdoc/>
    public override string ToString() => new('*', 8);
}
