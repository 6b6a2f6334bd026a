namespace Platform.Importing;

/// <summary>What a good row says, in the words of the service.</summary>
public interface IRowDraft
{
    /// <summary>Line of the file where the row begins.</summary>
    long Line { get; }
}
