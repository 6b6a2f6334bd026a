using Platform.Errors;

namespace Platform.Records.Objects;

/// <summary>Errors of one record, where a request has several.</summary>
internal static class ErrorPlaces
{
    /// <summary>The same error, with the fields named from where the record stands.</summary>
    public static Error At(this Error error, string root, string place) => root == place || error.Violations.Count == 0
        ? error
        : Error.Invalid([.. error.Violations.Select(violation => violation with { Field = place + violation.Field[root.Length..] })]);
}
