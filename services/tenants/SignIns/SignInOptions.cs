namespace Platform.Tenants.SignIns;

/// <summary>Settings under <c>SignIns</c>; <c>ClientId</c> and <c>Secret</c> beside them are those of the account that reads the identity server's journal.</summary>
internal sealed class SignInOptions
{
    public const string Section = "SignIns";

    /// <summary>Without it the identity server's journal is not read. Default: none.</summary>
    public string? Secret { get; init; }

    /// <summary>How often it is read. Default: two seconds.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How old an entry is before it is taken, so that the gateway has told of the browser by then. Default: three seconds.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How far is read back again for entries that were written late. Default: a minute.</summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How much of the past is taken at the first start. Default: 30 days.</summary>
    public TimeSpan History { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long entries and unused devices are kept. Default: 180 days.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(180);
}
