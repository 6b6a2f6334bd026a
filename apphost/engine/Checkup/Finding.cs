namespace Platform.LocalHost.Checkup;

/// <summary>How a machine stands with one thing.</summary>
internal enum Verdict
{
    /// <summary>It is there.</summary>
    Good,

    /// <summary>It is not there, and not needed for a usual start.</summary>
    Optional,

    /// <summary>Without it nothing starts.</summary>
    Missing,
}

/// <summary>One thing that was looked for.</summary>
/// <param name="What">Its name.</param>
/// <param name="Verdict">How it stands.</param>
/// <param name="Found">Version or place; why not, where it is missing.</param>
/// <param name="Advice">What to do; empty where nothing is.</param>
internal sealed record Finding(string What, Verdict Verdict, string Found, string Advice = "");
