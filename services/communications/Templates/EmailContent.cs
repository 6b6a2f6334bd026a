namespace Platform.Communications.Templates;

/// <summary>What a message says.</summary>
/// <param name="Language">BCP 47 tag of the language that was found.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Html">Empty where the message is text only.</param>
/// <param name="Notice">The same in a sentence, for a notification; empty where there is none.</param>
internal sealed record EmailContent(string Language, string Subject, string Text, string Html, string Notice = "");
