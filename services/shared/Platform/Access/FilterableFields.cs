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
/// what kind, to find a mistake when the policy is written. The owning service's schema says the same of its rows.
/// </summary>
public static class FilterableFields
{
    private const int MaxSchemas = 20_000;

    private static readonly ConcurrentDictionary<string, FilterSchema<IMessage>> Schemas = new(StringComparer.Ordinal);
    private static readonly MethodInfo ChoiceMethod = ((Action<FilterSchemaBuilder<IMessage>, string>)AddChoice<NullValue>).Method.GetGenericMethodDefinition();

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

    // Nothing is ever read by way of these: there are no rows here.
    private static void Add(FilterSchemaBuilder<IMessage> fields, FieldDescriptor field, string resource)
    {
        switch (field.FieldType)
        {
            case FieldType.String when field.Name is "id" or "source_id" ? field.Name == "id" : field.Name.EndsWith("_id", StringComparison.Ordinal):
                fields.Id(field.Name, _ => null);
                break;
            case FieldType.String when field.Name.EndsWith("_date", StringComparison.Ordinal):
                fields.Date(field.Name, _ => null);
                break;
            case FieldType.String:
                fields.Text(field.Name, _ => null);
                break;
            case FieldType.Int32:
                fields.Number(field.Name, (Expression<Func<IMessage, int?>>)(_ => null));
                break;
            case FieldType.Bool:
                fields.Boolean(field.Name, _ => null);
                break;
            case FieldType.Enum:
                ChoiceMethod.MakeGenericMethod(field.EnumType.ClrType).Invoke(null, [fields, field.Name]);
                break;
            case FieldType.Message when field.MessageType == Money.Descriptor:
                fields.Money(field.Name, _ => null, _ => null);
                break;
            case FieldType.Message when field.MessageType == Timestamp.Descriptor:
                fields.Instant(field.Name, _ => null);
                break;
            case FieldType.Message when field.MessageType == Struct.Descriptor:
                fields.Custom(field.Name, _ => null!, resource);
                break;
            default:
                throw new InvalidOperationException($"Filters know no fields like {field.FullName}.");
        }
    }

    private static void AddChoice<TEnum>(FilterSchemaBuilder<IMessage> fields, string name)
        where TEnum : struct, System.Enum => fields.Choice<TEnum>(name, _ => null);
}
