using System.Text.RegularExpressions;
using Google.Api;
using Google.Protobuf.Reflection;

namespace Platform.Gateway.OpenApi.Reading;

/// <summary>One REST address of an RPC, after its <c>google.api.http</c>.</summary>
/// <param name="Rpc">The call.</param>
/// <param name="Verb">Method of HTTP in lower case, as OpenAPI writes it.</param>
/// <param name="Path">Address with its parameters in braces.</param>
/// <param name="Parameters">Name in the path → field of the request, such as <c>person.id</c>.</param>
/// <param name="Body">Field of the request that is the body, "*" for all that is not in the path, empty for none.</param>
/// <param name="Answer">Field of the response that is the answer; empty for all of it.</param>
internal sealed partial record RestRoute(MethodDescriptor Rpc, string Verb, string Path, IReadOnlyDictionary<string, string> Parameters, string Body, string Answer)
{
    // As the services tell them apart, which keep the answers of all others under an Idempotency-Key.
    private static readonly string[] ReadingVerbs = ["Get", "List", "Search", "Read", "Explain", "Export", "Verify", "Compare"];

    /// <summary>The domain: the second part of the package.</summary>
    public string Domain => Rpc.File.Package.Split('.')[1];

    /// <summary>Whether it changes nothing.</summary>
    public bool Reads => Verb == "get" || ReadingVerbs.Any(verb => Rpc.Name.StartsWith(verb, StringComparison.Ordinal));

    /// <summary>See <see cref="Comments.PermissionOf"/>.</summary>
    public string? Permission => Comments.PermissionOf(Rpc, Reads);

    /// <summary>The addresses of a call, the first being its own; none where it exists over gRPC alone.</summary>
    public static IEnumerable<RestRoute> Of(MethodDescriptor rpc)
    {
        if (rpc.GetOptions()?.GetExtension(AnnotationsExtensions.Http) is not { } rule)
            yield break;
        yield return Of(rpc, rule);
        foreach (var other in rule.AdditionalBindings)
            yield return Of(rpc, other);
    }

    private static RestRoute Of(MethodDescriptor rpc, HttpRule rule)
    {
        var (verb, template) = rule.PatternCase switch
        {
            HttpRule.PatternOneofCase.Get => ("get", rule.Get),
            HttpRule.PatternOneofCase.Put => ("put", rule.Put),
            HttpRule.PatternOneofCase.Post => ("post", rule.Post),
            HttpRule.PatternOneofCase.Delete => ("delete", rule.Delete),
            HttpRule.PatternOneofCase.Patch => ("patch", rule.Patch),
            _ => (rule.Custom.Kind.ToLowerInvariant(), rule.Custom.Path),
        };
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        var path = Variable().Replace(template, match =>
        {
            var field = match.Groups["field"].Value;
            // {person.id} is {id} unless that is taken.
            var name = Names.Json(field[(field.LastIndexOf('.') + 1)..]);
            if (!parameters.TryAdd(name, field))
                parameters.Add(name = field, field);
            return $"{{{name}}}";
        });
        return new RestRoute(rpc, verb, path, parameters, rule.Body, rule.ResponseBody);
    }

    [GeneratedRegex(@"\{(?<field>[^}=]+)(=[^}]*)?\}")]
    private static partial Regex Variable();
}
