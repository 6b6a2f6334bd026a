namespace Platform.Contacts.Imports.Undoing;

/// <summary>Why a record is left as it is when its import is taken back; part of the contract.</summary>
internal static class KeptReasons
{
    /// <summary>Somebody changed it since.</summary>
    public const string Changed = "CHANGED";

    /// <summary>It became part of another record.</summary>
    public const string Merged = "MERGED";

    /// <summary>It was deleted since.</summary>
    public const string Gone = "GONE";

    /// <summary>Something that did not come with the import leads to it: people, or what somebody noted of it.</summary>
    public const string InUse = "IN_USE";
}
