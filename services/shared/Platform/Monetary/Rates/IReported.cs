namespace Platform.Monetary.Rates;

/// <summary>A record with amounts in a currency of its own, which are reported in the company's by the rate of the record's business date.</summary>
public interface IReported
{
    /// <summary>The currency of its amounts.</summary>
    string Currency { get; }

    /// <summary>The day whose rate counts.</summary>
    DateOnly BusinessDate { get; }

    /// <summary>The company's currency, into which the rate converts; empty where it is not known.</summary>
    string ReportingCurrency { get; }

    /// <summary>What one unit of its currency is worth in the company's; null where no rate is known.</summary>
    decimal? ReportingRate { get; }

    /// <summary>Whether it keeps the rates that it has, whatever becomes of them.</summary>
    bool IsSettled { get; }

    /// <summary>Takes over what one unit of its currency is worth in the company's: null where no rate is known.</summary>
    void Report(string companyCurrency, decimal? rate);
}
