using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.CustomFields.Formulas;
using Platform.CustomFields.V1;
using Platform.Monetary;
using Platform.Tenancy;

namespace Platform.CustomFields.RollUps;

/// <summary>What one record gives to a roll-up now. PostgreSQL keeps it by itself, and moves what is new to the values.</summary>
[NotAudited("A part of a computed value; what changes it is in the log.")]
internal sealed class RollUpInput : ITenantOwned
{
    public const string Table = "roll_up_inputs";

    public Guid TenantId { get; set; }

    /// <summary>The stored key of the roll-up.</summary>
    public string RollUp { get; init; } = "";

    public Guid ChildId { get; init; }

    /// <summary>The record that it leads to; null for none.</summary>
    public Guid? ParentId { get; init; }

    public decimal? Number { get; init; }

    /// <summary>The currency of the number, or a date or moment as it is stored.</summary>
    public string? Word { get; init; }

    /// <summary>Of records of other services the version that is counted: what is older changes nothing.</summary>
    public long Version { get; init; }

    /// <summary>Written by a process that did not know the roll-up: what it gives has to be computed.</summary>
    public bool IsUnknown { get; init; }

    public static void Map(EntityTypeBuilder<RollUpInput> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(input => new { input.TenantId, input.RollUp, input.ChildId });
        builder.Property(input => input.Word).UseCollation("C");
        builder.HasIndex(input => new { input.TenantId, input.RollUp, input.ParentId, input.Number, input.Word }).HasDatabaseName("ix_roll_up_inputs_parent");
        builder.HasIndex(input => new { input.TenantId, input.RollUp }).HasFilter("is_unknown").HasDatabaseName("ix_roll_up_inputs_unknown");
    }

    /// <summary>What a record keeps, as other services are told it.</summary>
    /// <param name="record">The record.</param>
    /// <param name="given">As <see cref="Write"/> made it; null where the record is not counted.</param>
    public static RollUpGiven Read(Guid record, string? given)
    {
        var parts = given is null ? new MapField<string, Value>() : Struct.Parser.ParseJson(given).Fields;
        return new RollUpGiven { RecordId = record.ToString(), ParentId = Part("p"), Number = Part("n"), Word = Part("t") };

        string Part(string name) => parts.GetValueOrDefault(name)?.StringValue ?? "";
    }

    /// <summary>The other way round; null where the record is not counted.</summary>
    public static string? Write(RollUpGiven told) => told.ParentId.Length == 0 ? null : JsonFormatter.Default.Format(new Struct
    {
        Fields = { new[] { ("p", told.ParentId), ("n", told.Number), ("t", told.Word) }.Where(part => part.Item2.Length > 0).ToDictionary(part => part.Item1, part => Value.ForString(part.Item2)) },
    });

    /// <summary>As a record keeps it, for PostgreSQL to read.</summary>
    public static Value Write(string parent, FormulaValue value)
    {
        var input = new Struct { Fields = { ["p"] = Value.ForString(parent) } };
        if (value.Value is decimal number)
            input.Fields["n"] = Value.ForString(DecimalText.Format(number));
        else if (value.Value is MoneyAmount money)
            (input.Fields["n"], input.Fields["t"]) = (Value.ForString(money.Amount.ToMoney(money.Currency).Amount), Value.ForString(money.Currency));
        else if (!value.IsMissing)
            input.Fields["t"] = FormulaResult.ToValue(value);
        return Value.ForStruct(input);
    }
}
