using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.CustomFields.V1;
using Field = Platform.CustomFields.V1.Field;

namespace Gateway.Tests.OpenApi;

/// <summary>The metadata service of a company that has shaped its people. By the caller's language it knows them, or is away.</summary>
internal sealed class FakeResources : ResourcesService.ResourcesServiceBase
{
    /// <summary>The language that makes it unavailable.</summary>
    public const string Outage = "xx";

    /// <summary>The language in which the company has two hundred objects, each of which is called a record of something, and one that is called a note.</summary>
    public const string Large = "yy";

    public override Task<DescribeResourcesResponse> DescribeResources(DescribeResourcesRequest request, ServerCallContext context)
    {
        if (request.Language == Outage)
            throw new RpcException(new Status(StatusCode.Unavailable, "gone"));
        return Task.FromResult(new DescribeResourcesResponse { Resources = { request.Language == Large ? Many() : [Person(request.Language), Machine()] } });
    }

    private static ResourceDescriptor Person(string language)
    {
        var person = new ResourceDescriptor { Resource = "contacts.person", Label = language == "de-DE" ? "Mensch" : "Person", RestPath = "/api/v1/contacts/people" };
        person.Fields.Add(BuiltIn("phone", "hidden"));
        person.Fields.Add(BuiltIn("email", "masked"));
        person.Fields.Add(BuiltIn("jobTitle", "read_only"));
        foreach (var type in System.Enum.GetValues<FieldType>().Where(type => type != FieldType.Unspecified))
            person.Fields.Add(Custom(new Field { Key = $"own_{type}".ToLowerInvariant(), Type = type, Label = $"{type}", Help = "Ask them.", RelatedResource = type is FieldType.Relation or FieldType.Relations ? "contacts.company" : "" }));
        person.Fields.Add(Custom(new Field { Key = "size", Type = FieldType.SingleChoice, Label = "Size", Required = true, Choices = { new Choice { Key = "s", Label = "Small" }, new Choice { Key = "old", Label = "Old", Deprecated = true } } }));
        person.Fields.Add(Custom(new Field { Key = "level", Type = FieldType.Number, Label = "Level", Minimum = "1", Maximum = "9", DefaultValue = Value.ForNumber(5) }));
        person.Fields.Add(Custom(new Field { Key = "secret", Type = FieldType.Text, Label = "Secret" }, "hidden"));
        return person;
    }

    private static IEnumerable<ResourceDescriptor> Many()
    {
        var note = Object("note", "notes");
        // An answer of more than 4 MiB; hidden, so that the document is not the longer for it.
        note.Fields.Add(Custom(new Field { Key = "long", Type = FieldType.Text, Label = "Long", Help = new string('x', 5 * 1024 * 1024) }, "hidden"));
        return Enumerable.Range(1, 199).Select(number => Object($"record_{number}", $"records_{number}")).Append(note);
    }

    private static ResourceDescriptor Machine() => Object("machine", "machines");

    private static ResourceDescriptor Object(string key, string plural) => new()
    {
        Resource = $"records.{key}",
        Label = "Machine",
        PluralLabel = "Machines",
        RestPath = $"/api/v1/objects/{plural}",
        Fields = { BuiltIn("name", "full"), Custom(new Field { Key = "power", Type = FieldType.Number, Label = "Power", Required = true }) },
    };

    private static FieldDescriptor BuiltIn(string path, string access) => new() { Path = path, JsonPath = path, Label = $"The {path}", BuiltIn = true, Access = access };

    private static FieldDescriptor Custom(Field field, string access = "full") => new() { Path = $"custom_fields.{field.Key}", JsonPath = $"customFields.{field.Key}", Label = field.Label, Access = access, Definition = field };
}
