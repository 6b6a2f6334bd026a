using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Platform.Common.V1;
using Platform.Errors;
using Platform.Filtering;

namespace Platform.Access;

/// <summary>
/// The fields that policies' filters may look at, for a service that has the contracts but not the rows: which there are and of
/// what kind, to find a mistake when the policy is written, and to say of a record that it is given whether it passes. The owning
/// service's schema says the same of its rows.
/// </summary>
public static class FilterableFields
{
    private const int MaxSchemas = 20_000;
    private const string ReportedPrefix = "reporting_";

    private static readonly ConcurrentDictionary<string, FilterSchema<IMessage>> Schemas = new(StringComparer.Ordinal);
    private static readonly MethodInfo ChoiceMethod = ((Action<FilterSchemaBuilder<IMessage>, FieldDescriptor>)AddChoice<NullValue>).Method.GetGenericMethodDefinition();

    /// <summary>What is wrong with a filter over a kind of record; null where nothing is.</summary>
    public static Error? Check(ResourceInfo resource, string filter)
    {
        var parsed = Filter.Parse(filter);
        return parsed.IsError ? parsed.Error : parsed.Value.Bind(SchemaOf(resource)).Error;
    }

    /// <summary>The fields of a kind of record.</summary>
    public static FilterSchema<IMessage> SchemaOf(ResourceInfo resource)
    {
        // Companies name objects as they like: no more of them than are in use anywhere.
        if (Schemas.Count >= MaxSchemas)
            Schemas.Clear();
        return Schemas.GetOrAdd(resource.Name, _ => FilterSchema.Of<IMessage>(fields => Declare(fields, resource)));
    }

    private static void Declare(FilterSchemaBuilder<IMessage> fields, ResourceInfo resource)
    {
        foreach (var name in resource.Filterable)
            Add(fields, resource.Message.FindFieldByName(name) ?? throw new InvalidOperationException($"{resource.Name} has no field '{name}'."), resource.Name);
    }

    private static void Add(FilterSchemaBuilder<IMessage> fields, FieldDescriptor field, string resource)
    {
        switch (field.FieldType)
        {
            case FieldType.String when field.Name is "id" or "source_id" ? field.Name == "id" : field.Name.EndsWith("_id", StringComparison.Ordinal):
                fields.Id(field.Name, message => MessageValues.Id(message, field));
                break;
            case FieldType.String when field.Name.EndsWith("_date", StringComparison.Ordinal):
                fields.Date(field.Name, message => MessageValues.Date(message, field));
                break;
            case FieldType.String:
                fields.Text(field.Name, message => MessageValues.Text(message, field));
                break;
            case FieldType.Int32:
                fields.Number(field.Name, (Expression<Func<IMessage, int?>>)(message => MessageValues.Whole(message, field)));
                break;
            case FieldType.Bool:
                fields.Boolean(field.Name, message => MessageValues.Flag(message, field));
                break;
            case FieldType.Enum:
                ChoiceMethod.MakeGenericMethod(field.EnumType.ClrType).Invoke(null, [fields, field]);
                break;
            case FieldType.Message when OtherTexts.AreMeant(field):
                fields.TextList(field.Name, message => OtherTexts.Of(message, field), inSmallLetters: field.Name == "other_emails");
                break;
            case FieldType.Message when field.MessageType == Money.Descriptor && RateBeside(field) is { } rate && AmountBeside(field) is { } amount:
                fields.Reported(field.Name, amount, rate, message => MessageValues.Currency(message, field));
                break;
            case FieldType.Message when field.MessageType == Money.Descriptor:
                fields.Money(field.Name, message => MessageValues.Amount(message, field), message => MessageValues.Currency(message, field), rate: RateBeside(field));
                break;
            case FieldType.Message when field.MessageType == Contacts.V1.Consent.Descriptor:
                fields.TextList(field.Name, message => MessageValues.ConsentedTo(message, field));
                break;
            case FieldType.Message when field.MessageType == Timestamp.Descriptor:
                fields.Instant(field.Name, message => MessageValues.Instant(message, field));
                break;
            case FieldType.Message when field.MessageType == Struct.Descriptor:
                fields.Custom(field.Name, message => MessageValues.Map(message, field), resource);
                break;
            default:
                throw new InvalidOperationException($"Filters know no fields like {field.FullName}.");
        }
    }

    // As the owning service compares its rows.
    private static Expression<Func<IMessage, decimal?>>? RateBeside(FieldDescriptor field) =>
        field.ContainingType.FindFieldByName("reporting_rate") is { } rate ? message => MessageValues.Number(message, rate) : null;

    // What is told in the company's currency is compared as it is before it is rounded.
    private static Expression<Func<IMessage, decimal?>>? AmountBeside(FieldDescriptor field) =>
        field.Name.StartsWith(ReportedPrefix, StringComparison.Ordinal) && field.ContainingType.FindFieldByName(field.Name[ReportedPrefix.Length..]) is { } amount
            ? message => MessageValues.Amount(message, amount) : null;

    private static void AddChoice<TEnum>(FilterSchemaBuilder<IMessage> fields, FieldDescriptor field)
        where TEnum : struct, System.Enum => fields.Choice<TEnum>(field.Name, message => MessageValues.Choice<TEnum>(message, field));
}
