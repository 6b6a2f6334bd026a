namespace Platform.Filtering.Values;

/// <summary>UUIDs, with or without quotes.</summary>
internal static class Ids
{
    public static ValueReader<Guid> Id { get; } = new()
    {
        Parse = literal => Guid.TryParseExact(literal.Value, "D", out var id) ? _ => id : null,
        Advice = _ => "Use the id of a resource (a UUID), user.id, or a list of ids such as user.subordinates.",
        FromVariable = variable => variable.Id,
        FromList = variable => variable.Ids,
    };
}
