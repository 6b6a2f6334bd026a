namespace Platform.Monetary.Rates;

/// <summary>A record with amounts in a currency of its own, which are reported in the company's by the rate of the record's business date.</summary>
public interface IReported
{
    /// <summary>The currency of its amounts.</summary>
    string Currency { get; }

    /// <summary>The day whose rate counts.</summary>
    DateOnly BusinessDate { get; }

    /// <summary>Takes over what one unit of its currency is worth in the company's: null where no rate is known.</summary>
    void Report(string companyCurrency, decimal? rate);
}
