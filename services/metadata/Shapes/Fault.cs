using Platform.Errors;

namespace Platform.Metadata.Shapes;

/// <summary>A part of a shape that does not fit the company's fields.</summary>
/// <param name="Part">Where in its message: <c>columns[2].path</c>.</param>
/// <param name="Message">What is wrong and what to do, in the caller's language.</param>
internal sealed record Fault(string Part, string Message)
{
    /// <summary>The code of the error.</summary>
    public string Code { get; init; } = "INVALID_ARGUMENT";

    /// <summary>What the filter language says of an expression, as a fault of the part that holds it.</summary>
    public static Fault Of(Error error, string part) => new(part, error.Message) { Code = error.Code };

    /// <summary>The faults as one refusal, each below the field of the request.</summary>
    public static Error ToError(IReadOnlyList<Fault> faults, string root) =>
        new(Google.Rpc.Code.InvalidArgument, faults[0].Code, string.Join(" ", faults.Select(fault => $"{root}.{fault.Part}: {fault.Message}")))
        {
            Violations = [.. faults.Select(fault => new FieldViolation($"{root}.{fault.Part}", fault.Message))],
        };
}
