using static Platform.Languages.Wording;

namespace Platform.Importing;

/// <summary>Why a row was not imported.</summary>
/// <param name="Line">Line of the file where the row begins.</param>
/// <param name="Column">Header of the column; empty where the whole row is meant.</param>
/// <param name="Code">Stable code such as <c>ROW_TOO_LONG</c>.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record RowFault(long Line, string Column, string Code, string Message)
{
    /// <summary>What is wrong and what to do, in the language of the call: a sentence with parts was said where it was made.</summary>
    public string Message { get; init; } = Say(Message);
}
