using System.Text.RegularExpressions;
using Google.Protobuf;

namespace Isolation.Tests.Attacks;

/// <summary>What came back, in whatever way it was asked.</summary>
/// <param name="Code">The platform's code, or OK: the same over gRPC and REST.</param>
/// <param name="Text">Everything that the caller can read: status, headers, bodies, trailers.</param>
/// <param name="Messages">The messages of a call that succeeded over gRPC.</param>
/// <param name="Violations">Paths of the fields that were refused.</param>
internal sealed partial record Answer(string Code, string Text, IReadOnlyList<IMessage> Messages, IReadOnlyList<string> Violations)
{
    public bool IsOk => Code == "OK";

    /// <summary>The ids in the text.</summary>
    public IEnumerable<Guid> Ids => Uuid().Matches(Text).Select(match => Guid.Parse(match.Value)).Distinct();

    /// <summary>The answer without what differs between any two calls: a foreign id and an unknown one must give the same.</summary>
    public string Shape => $"{Code} {Changing().Replace(Uuid().Replace(Text, "#"), "")}";

    // With and without dashes.
    [GeneratedRegex("[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|(?<![0-9a-fA-F])[0-9a-fA-F]{12}[47][0-9a-fA-F]{3}[89abAB][0-9a-fA-F]{15}(?![0-9a-fA-F])")]
    private static partial Regex Uuid();

    [GeneratedRegex("(?im)^(x-request-id|traceparent|date|ratelimit-[a-z]+|content-length|grpc-status-details-bin|alt-svc): .*$")]
    private static partial Regex Changing();
}
