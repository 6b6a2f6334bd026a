using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Platform.Identity.Admin;

internal sealed record AdminError(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ErrorMessage = null);

/// <summary>Answers of the admin API in Keycloak's shapes.</summary>
internal static class AdminAnswers
{
    public static IResult NotFound(string what) => Results.Json(new AdminError($"{what} not found"), AdminJson.Default.AdminError, statusCode: StatusCodes.Status404NotFound);

    public static IResult Conflict(string message) =>
        Results.Json(new AdminError(null, message), AdminJson.Default.AdminError, statusCode: StatusCodes.Status409Conflict);

    public static IResult Bad(string message) =>
        Results.Json(new AdminError(null, message), AdminJson.Default.AdminError, statusCode: StatusCodes.Status400BadRequest);

    /// <summary>201 whose address ends with the new id, which is how a caller learns it.</summary>
    public static IResult Created(HttpContext http, string path) =>
        Results.Created($"{http.Request.Scheme}://{http.Request.Host}{path}", null);

    public static IResult List<T>(IEnumerable<T> all, HttpContext http, Func<T, JsonNode> show, int fallback = 100) =>
        Results.Text(new JsonArray([.. all.Skip(Number(http, "first", 0)).Take(Number(http, "max", fallback)).Select(show)]).ToJsonString(), "application/json");

    public static IResult One(JsonNode document) => Results.Text(document.ToJsonString(), "application/json");

    public static int Number(HttpContext http, string name, int fallback) =>
        int.TryParse(http.Request.Query[name], out var number) && number >= 0 ? number : fallback;

    public static bool Flag(HttpContext http, string name) => http.Request.Query[name] == "true";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AdminError))]
internal sealed partial class AdminJson : JsonSerializerContext;
