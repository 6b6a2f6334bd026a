using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.CustomFields.Formulas;
using Platform.CustomFields.V1;
using Platform.Monetary;
using Platform.Tenancy;

namespace Platform.CustomFields.RollUps;

/// <summary>
/// The value of a roll-up of one record, beside the record, so that a change of what is counted does not change the record. There
/// is a row while something is counted.
/// </summary>
[NotAudited("A computed value; what changes it is in the log.")]
internal sealed class RollUpValue : ITenantOwned
{
    public const string Table = "roll_up_values";

    /// <summary>How a formula keeps what is true.</summary>
    public const string True = "true";

    private const string False = "false";

    public Guid TenantId { get; set; }

    public Guid RecordId { get; init; }

    /// <summary>The stored key of the roll-up.</summary>
    public string RollUp { get; init; } = "";

    /// <summary>How many records it is made of; of a formula over roll-ups 1.</summary>
    public long Contributions { get; init; }

    /// <summary>The sum of all numbers, in whatever currency; PostgreSQL's own.</summary>
    public decimal Total { get; init; }

    /// <summary>The currency of all numbers; of a formula over roll-ups what it is made of.</summary>
    public string? Unit { get; init; }

    /// <summary>Whether there are amounts in several currencies.</summary>
    public bool IsMixed { get; init; }

    /// <summary>The value, where it is a number or an amount.</summary>
    public decimal? Number { get; init; }

    /// <summary>The currency of the amount; or the value, where it is a date or moment.</summary>
    public string? Word { get; init; }

    /// <summary>Why there is no value.</summary>
    public string? Reason { get; init; }

    /// <summary>The value as a text whose order is that of the values.</summary>
    public string? SortKey { get; init; }

    public static void Map(EntityTypeBuilder<RollUpValue> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(value => new { value.TenantId, value.RecordId, value.RollUp });
        builder.Property(value => value.Word).UseCollation("C");
        builder.Property(value => value.SortKey).UseCollation("C");
        builder.HasIndex(value => new { value.TenantId, value.RollUp, value.SortKey, value.RecordId }).HasDatabaseName("ix_roll_up_values_order");
        builder.HasIndex(value => new { value.TenantId, value.RollUp, value.Number }).HasDatabaseName("ix_roll_up_values_number");
    }

    /// <summary>How a value of a formula is kept.</summary>
    public static (decimal? Number, string? Word) Of(FormulaValue value) => value.Value switch
    {
        decimal number => (number, null),
        MoneyAmount money => (money.Amount, money.Currency),
        bool flag => (null, flag ? True : False),
        null => (null, null),
        _ => (null, FormulaResult.ToValue(value).StringValue),
    };

    /// <summary>As answers tell it; null where there is none.</summary>
    public static Value? ToValue(FieldType type, decimal? number, string? word) => type switch
    {
        FieldType.Number when number is { } count => Value.ForNumber((double)count),
        FieldType.Decimal when number is { } value => Value.ForString(DecimalText.Format(value)),
        FieldType.Money when number is { } amount && word is not null => Value.ForStruct(new Struct
        {
            Fields = { ["amount"] = Value.ForString(Amounts.Round(amount, word).ToMoney(word).Amount), ["currency"] = Value.ForString(word) },
        }),
        FieldType.Boolean when word is not null => Value.ForBool(word == True),
        FieldType.Date or FieldType.Instant or FieldType.Text when word is not null => Value.ForString(word),
        _ => null,
    };
}
