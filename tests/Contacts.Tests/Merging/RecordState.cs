using Platform.Contacts.V1;

namespace Contacts.Tests.Merging;

/// <summary>What a record holds, without what every write changes.</summary>
internal static class RecordState
{
    /// <summary>A person that was given back is all that it was but for its etag.</summary>
    public static Person Of(Person person) => new(person) { Etag = "" };

    /// <summary>An activity that was led elsewhere and back tells that it was changed.</summary>
    public static Activity Of(Activity activity) => new(activity) { Etag = "", UpdateTime = null };

    /// <summary>The same of a company.</summary>
    public static Company Of(Company company) => new(company) { Etag = "" };
}
