using Google.Protobuf;
using Isolation.Tests.Contracts;

namespace Isolation.Tests.Attacks;

/// <summary>A call as it is about to be made.</summary>
/// <param name="Rpc">What is called.</param>
/// <param name="Request">The message.</param>
/// <param name="Door">The way in.</param>
/// <param name="Token">The bearer token; null for none.</param>
internal sealed record Call(Rpc Rpc, IMessage Request, Door Door, string? Token)
{
    /// <summary>Headers, or metadata.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Parameters beside those of the contract, over REST.</summary>
    public string Query { get; init; } = "";

    /// <summary>Fields beside those of the contract, over REST: <c>"tenantId":"…"</c>.</summary>
    public string Fields { get; init; } = "";

    public override string ToString() =>
        $"{Rpc.FullName} by {Door} {JsonFormatter.Default.Format(Request)} {string.Join(", ", Headers.Select(header => $"{header.Name}: {header.Value}"))} {Query} {Fields}";
}
