using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Platform.Gateway.OpenApi.Reading;

namespace Platform.Gateway.OpenApi.Writing;

/// <summary>Imports: streams in the contract, and over REST an address whose body is the file.</summary>
internal sealed class ImportRoutes(SchemaWriter schemas, OperationWriter operations)
{
    private const string Contacts = "platform.contacts.v1.ImportsService.ImportContacts";
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const string Records = "platform.records.v1.ImportsService.ImportRecords";

    private static readonly string[] Targets = ["people", "companies", "leads"];
    private static readonly string[] Duplicates = ["create", "warn", "skip", "fill"];

    /// <summary>The address of an import; none for any other RPC.</summary>
    public IEnumerable<(string Path, string Verb, JsonObject Operation)> Of(MethodDescriptor rpc)
    {
        if (rpc.FullName == Contacts)
        {
            var target = Parameter("target", "What a row becomes. Default: people.", OneOf(Targets));
            var duplicates = Parameter("duplicates", "What becomes of rows that may be a record that is there. Default: what the rules for duplicates say.", OneOf(Duplicates));
            var score = Parameter("duplicateScore", "How sure a match has to be to count, 1 to 100. Default: 80.", new() { ["type"] = "integer" });
            yield return ("/api/v1/contacts/imports", "post", ImportOf(rpc, "contacts.importContacts", target, duplicates, score));
        }

        if (rpc.FullName == Records)
        {
            var plural = Parameter("object", "Plural key of the object: \"machines\".", Text(), place: "path");
            plural["required"] = true;
            var match = Parameter("match", "By which field records that are there already are recognised: name, number, id or custom_fields.{key}.", Text());
            yield return ("/api/v1/objects/{object}:import", "post", ImportOf(rpc, "records.importRecords", plural, match));
        }
    }

    private JsonObject ImportOf(MethodDescriptor rpc, string id, params JsonNode[] parameters)
    {
        var operation = operations.Head(rpc, id, Comments.PermissionOf(rpc, reads: false));
        operation["parameters"] = new JsonArray(
        [
            .. parameters,
            Parameter("column", "A header that is not recognised by itself, and the field that it means: \"Leistung:custom_fields.power\".", new() { ["type"] = "array", ["items"] = Text() }),
            Parameter("sheet", "Of a workbook: which of its sheets. Default: the first that is visible and has rows.", Text()),
            Parameter("dryRun", "Everything is checked and counted, and nothing is kept.", new() { ["type"] = "boolean" }),
            Parameter("header", "With lines of JSON: the header and the first rows are told first, whatever becomes of the file.", new() { ["type"] = "boolean" }),
        ]);
        operation["requestBody"] = new JsonObject
        {
            ["description"] = "The file itself, of up to 256 MiB.",
            ["required"] = true,
            ["content"] = new JsonObject { ["text/csv"] = Content(Text()), ["text/tab-separated-values"] = Content(Text()), [Workbook] = Content(File()) },
        };
        var message = rpc.OutputType;
        var responses = new JsonObject
        {
            ["200"] = new JsonObject
            {
                ["description"] = "The summary; with `Accept: application/x-ndjson` every message while the import runs, each on a line of its own, the summary last.",
                ["content"] = new JsonObject
                {
                    ["application/json"] = Content(schemas.Of(message.FindFieldByName("summary").MessageType, Direction.Text)),
                    ["application/x-ndjson"] = Content(schemas.Of(message, Direction.Text)),
                },
            },
        };
        ProblemAnswers.AddTo(responses, [400, 401, 403, 413, 415, 429, 503]);
        operation["responses"] = responses;
        return operation;
    }

    private static JsonObject Parameter(string name, string description, JsonObject schema, string place = "query") =>
        new() { ["name"] = name, ["in"] = place, ["description"] = description, ["schema"] = schema };

    private static JsonObject OneOf(string[] values) => new() { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(value => (JsonNode)value)]) };

    private static JsonObject Text() => new() { ["type"] = "string" };

    private static JsonObject File() => new() { ["type"] = "string", ["format"] = "binary" };

    private static JsonObject Content(JsonObject schema) => new() { ["schema"] = schema };
}
