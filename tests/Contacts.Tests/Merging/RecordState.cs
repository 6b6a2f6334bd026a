using Platform.Contacts.V1;

namespace Contacts.Tests.Merging;

/// <summary>What a record holds, without what every write changes.</summary>
internal static class RecordState
{
    /// <summary>A person that was given back is all that it was but for its etag.</summary>
    public static Person Of(Person person) => new(person) { Etag = "" };

    /// <summary>The same of a company.</summary>
    public static Company Of(Company company) => new(company) { Etag = "" };
}
