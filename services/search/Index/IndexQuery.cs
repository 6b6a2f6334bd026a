namespace Platform.Search.Index;

/// <summary>What is looked for.</summary>
/// <param name="Terms">All of them are to be found in a record.</param>
/// <param name="Keys">One of them is enough, and comes first.</param>
/// <param name="Beginnings">One of them is enough, as the beginning of a word.</param>
/// <param name="Fields">Where a match counts: <c>contacts.person/first_name</c>. Nothing else is looked at.</param>
/// <param name="After">Behind this one; null from the best on.</param>
/// <param name="Limit">How many.</param>
internal sealed record IndexQuery(
    IReadOnlyList<Term> Terms, IReadOnlyCollection<string> Keys, IReadOnlyCollection<string> Beginnings, IReadOnlyCollection<string> Fields, Place? After, int Limit)
{
    /// <summary>The name of a field of a kind of record.</summary>
    public static string FieldOf(string type, string path) => $"{type}/{path}";
}

/// <summary>A word that was typed.</summary>
/// <param name="Word">What a word of the record begins with.</param>
/// <param name="Close">Other words that may be meant.</param>
internal sealed record Term(string Word, IReadOnlyCollection<string> Close);

/// <summary>A place in the order of what is found.</summary>
internal readonly record struct Place(long Points, Guid Id);

/// <summary>A record that matches.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="Id">Its id.</param>
/// <param name="Points">How well it matches.</param>
/// <param name="AsOf">The state that is in the index.</param>
/// <param name="Texts">The texts of its fields, all of them.</param>
internal sealed record Candidate(string Type, Guid Id, long Points, DateTimeOffset AsOf, IReadOnlyDictionary<string, string> Texts)
{
    public Place Place => new(Points, Id);
}
