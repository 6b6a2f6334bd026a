using Google.Rpc;
using static Platform.Languages.Wording;

namespace Platform.Errors;

/// <summary>A wrong value of one field of a request.</summary>
/// <param name="Field">Path in the request message in JSON names: <c>deal.lineItems[1].quantity</c>.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record FieldViolation(string Field, string Message);

/// <summary>
/// An expected failure: a value, not an exception. Becomes a gRPC status with <c>ErrorInfo</c> (and <c>BadRequest</c>), over
/// REST an RFC 9457 problem with the same code.
/// </summary>
/// <param name="Status">The gRPC status; the HTTP status follows from it unless <paramref name="HttpStatus"/> is given.</param>
/// <param name="Code">Stable, upper case: <c>LEAD_ALREADY_CONVERTED</c>.</param>
/// <param name="Message">A sentence for people that says what to do.</param>
public sealed record Error(Code Status, string Code, string Message)
{
    /// <summary>The domain of every code, in <c>ErrorInfo.domain</c>.</summary>
    public const string Domain = "platform";

    /// <summary>Which fields are wrong; empty where the request as a whole is refused.</summary>
    public IReadOnlyList<FieldViolation> Violations { get; init; } = [];

    /// <summary>HTTP status where it is not the usual one of <see cref="Status"/>.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The row does not exist, or belongs to another tenant: nobody can tell which.</summary>
    public static Error NotFound(string resource, string id) =>
        new(Google.Rpc.Code.NotFound, "NOT_FOUND", Say($"There is no {Say(resource)} with id '{id}'."));

    /// <summary>The named field is wrong.</summary>
    public static Error Invalid(string field, string message) => Invalid([new FieldViolation(field, message)]);

    /// <summary>The named fields are wrong.</summary>
    public static Error Invalid(IReadOnlyList<FieldViolation> violations) =>
        new(Google.Rpc.Code.InvalidArgument, "INVALID_ARGUMENT", string.Join(" ", violations.Select(violation => $"{violation.Field}: {violation.Message}")))
        {
            Violations = violations,
        };

    /// <summary>The state of the resource does not allow this.</summary>
    public static Error Precondition(string code, string message) => new(Google.Rpc.Code.FailedPrecondition, code, message);

    /// <summary>Something with this key is there already.</summary>
    public static Error AlreadyExists(string code, string message) => new(Google.Rpc.Code.AlreadyExists, code, message);

    /// <summary>The resource was changed since the caller read it (HTTP 412).</summary>
    public static Error Stale(string resource) =>
        new(Google.Rpc.Code.Aborted, "STALE_ETAG", Say($"This {Say(resource)} was changed by somebody else: read it again and repeat the change.")) { HttpStatus = 412 };

    /// <summary>The caller lacks a permission.</summary>
    public static Error PermissionDenied(string permission) =>
        new(Google.Rpc.Code.PermissionDenied, "PERMISSION_DENIED", Say($"This needs the permission '{permission}'."));
}
