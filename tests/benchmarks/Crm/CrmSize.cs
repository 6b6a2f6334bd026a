namespace Platform.Benchmarks.Crm;

/// <summary>How much one company has.</summary>
/// <param name="Contacts">People and companies, a fifth of them companies.</param>
/// <param name="Deals">Deals, 2,000 of which are open in the pipeline whose board is asked for.</param>
/// <param name="Activities">Entries of timelines, every fiftieth on that of one company.</param>
internal sealed record CrmSize(int Contacts, int Deals, int Activities)
{
    /// <summary>Open deals of the board's pipeline.</summary>
    public const int Board = 2_000;

    public int Companies => Contacts / 5;

    public int People => Contacts - Companies;

    /// <summary>Of a company beside the large one.</summary>
    public static CrmSize Small { get; } = new(500, 100, 1_000);
}
