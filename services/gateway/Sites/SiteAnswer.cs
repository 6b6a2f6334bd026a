namespace Platform.Gateway.Sites;

/// <summary>What a service says about a public page, or why it says nothing.</summary>
/// <param name="Value">The answer; null where there is none, or the call was refused.</param>
/// <param name="Status">Status of HTTP.</param>
/// <param name="Code">Which refusal it is; empty where nothing is refused, or the service is away.</param>
/// <param name="Detail">The refusal in the reader's language.</param>
/// <param name="Faults">What is wrong, by the field: <c>values.email</c>.</param>
internal sealed record SiteAnswer<T>(T? Value, int Status, string Code, string Detail, IReadOnlyDictionary<string, string> Faults)
    where T : class
{
    public static SiteAnswer<T> Of(T value) => new(value, StatusCodes.Status200OK, "", "", new Dictionary<string, string>());

    public static SiteAnswer<T> Away { get; } = new(null, StatusCodes.Status503ServiceUnavailable, "", "", new Dictionary<string, string>());
}
