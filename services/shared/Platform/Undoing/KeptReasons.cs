namespace Platform.Undoing;

/// <summary>Why a record is left as it is when what wrote it is taken back; part of the contract.</summary>
public static class KeptReasons
{
    /// <summary>Somebody changed it since, or what it led to or had to fit: what it held before cannot be stored any more.</summary>
    public const string Changed = "CHANGED";

    /// <summary>It became part of another record.</summary>
    public const string Merged = "MERGED";

    /// <summary>It was deleted since.</summary>
    public const string Gone = "GONE";

    /// <summary>Something that was not written with it leads to it: people, leads, deals, quotes, invoices, or what somebody noted of it.</summary>
    public const string InUse = "IN_USE";
}
