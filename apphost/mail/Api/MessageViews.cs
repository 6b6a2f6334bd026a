using System.Text.Json.Serialization;
using Platform.MailCatcher.Inbox;

namespace Platform.MailCatcher.Api;

/// <summary>A page of the inbox.</summary>
internal sealed record MessageList(IReadOnlyList<MessageSummary> Messages, int Total);

/// <summary>A message in full.</summary>
internal sealed record MessageDetails(
    MessageSummary Summary, string Text, string? Html, IReadOnlyList<MessageHeader> Headers, IReadOnlyList<MessageFile> Attachments);

internal sealed record MessageHeader(string Name, string Value);

internal sealed record MessageFile(int Index, string Name, string ContentType, long Size);

internal sealed record Deleted(int Count);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MessageList))]
[JsonSerializable(typeof(MessageDetails))]
[JsonSerializable(typeof(Deleted))]
internal sealed partial class MailJson : JsonSerializerContext;
