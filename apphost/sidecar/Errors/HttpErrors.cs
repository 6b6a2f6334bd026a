using System.Text.Json;
using Platform.Sidecar.Api;

namespace Platform.Sidecar.Errors;

/// <summary>Writes a <see cref="DaprError"/> as the JSON body of the HTTP API.</summary>
internal static class HttpErrors
{
    public static Task Write(this HttpContext context, DaprError error)
    {
        context.Response.StatusCode = error.Http;
        context.Response.ContentType = "application/json";
        var body = JsonBody.Bytes(json => Write(json, error));
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private static void Write(Utf8JsonWriter json, DaprError error)
    {
        json.WriteStartObject();
        json.WriteString("errorCode", error.Code);
        json.WriteString("message", error.Message);
        if (error.Reason is not null)
            WriteDetails(json, error);
        json.WriteEndObject();
    }

    private static void WriteDetails(Utf8JsonWriter json, DaprError error)
    {
        json.WriteStartArray("details");
        StartDetail(json, "ErrorInfo");
        json.WriteString("domain", "dapr.io");
        json.WriteString("reason", error.Reason);
        json.WriteStartObject("metadata");
        foreach (var (name, value) in error.Metadata)
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteEndObject();
        if (error.Resource is { } resource)
        {
            StartDetail(json, "ResourceInfo");
            json.WriteString("resource_type", resource.Type);
            json.WriteString("resource_name", resource.Name);
            json.WriteEndObject();
        }

        if (error.Field is { } field)
        {
            StartDetail(json, "BadRequest");
            json.WriteStartArray("field_violations");
            json.WriteStartObject();
            json.WriteString("field", field);
            json.WriteString("description", error.Message);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void StartDetail(Utf8JsonWriter json, string type)
    {
        json.WriteStartObject();
        json.WriteString("@type", "type.googleapis.com/google.rpc." + type);
    }
}
