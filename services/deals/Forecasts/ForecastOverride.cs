using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Data;
using Platform.Monetary;
using Platform.Pipelines.V1;

namespace Platform.Deals.Forecasts;

/// <summary>
/// What somebody expects a person to bring in a period, with all who report to them. Never changed: the last one of a person, period and
/// category holds, and the others are its history.
/// </summary>
internal sealed class ForecastOverride : Entity
{
    public const string UniqueNumber = "ix_forecast_overrides_number";

    public Guid UserId { get; private init; }

    public string Period { get; private init; } = "";

    public ForecastCategory Category { get; private init; }

    /// <summary>Its place among those of the person, period and category, from 1 on.</summary>
    public int Number { get; private init; }

    public string Currency { get; private init; } = "";

    /// <summary>Null where the one before is taken away.</summary>
    public decimal? Amount { get; private init; }

    public string Note { get; private init; } = "";

    /// <summary>Who said it; null where that is no person.</summary>
    public Guid? SetBy { get; private init; }

    public static ForecastOverride Create(V1.OverrideForecastRequest message, string currency, int number, Guid? setBy, DateTimeOffset now) => new()
    {
        CreateTime = now,
        UpdateTime = now,
        UserId = Guid.Parse(message.UserId),
        Period = message.Period,
        Category = message.Category,
        Number = number,
        Currency = currency,
        Amount = message.Amount?.ToDecimal(),
        Note = message.Note.Trim(),
        SetBy = setBy,
    };

    /// <summary>Tells whether another one was said since: by the number of the last one, 0 where there is none.</summary>
    public static string EtagOf(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static void Map(EntityTypeBuilder<ForecastOverride> builder)
    {
        builder.IsResource("forecast_overrides");
        builder.Property(row => row.Category).HasConversion<string>();
        builder.HasIndex(row => new { row.TenantId, row.Period, row.UserId, row.Category, row.Number }).IsUnique().HasDatabaseName(UniqueNumber);
    }

    public V1.ForecastOverride ToMessage() => new()
    {
        Id = Id.ToString(),
        UserId = UserId.ToString(),
        Period = Period,
        Category = Category,
        Amount = Amount?.ToMoney(Currency),
        Note = Note,
        SetBy = SetBy.ToIdText(),
        SetTime = CreateTime.ToTimestamp(),
    };
}
