using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Isolation.Tests.Contracts;

/// <summary>Writes a request message as the REST call that its route describes.</summary>
internal static partial class RestRequest
{
    public static HttpRequestMessage Write(HttpRule rule, IMessage message)
    {
        var (verb, template) = rule.PatternCase switch
        {
            HttpRule.PatternOneofCase.Get => (HttpMethod.Get, rule.Get),
            HttpRule.PatternOneofCase.Post => (HttpMethod.Post, rule.Post),
            HttpRule.PatternOneofCase.Put => (HttpMethod.Put, rule.Put),
            HttpRule.PatternOneofCase.Patch => (HttpMethod.Patch, rule.Patch),
            _ => (HttpMethod.Delete, rule.Delete),
        };
        var used = new HashSet<string>();
        var path = Variable().Replace(template, match =>
        {
            used.Add(match.Groups[1].Value);
            return Uri.EscapeDataString(Text(message, match.Groups[1].Value) is { Length: > 0 } text ? text : "-");
        });
        var query = rule.Body == "*" ? "" : string.Join('&', Query(message, rule.Body, used));
        var request = new HttpRequestMessage(verb, new Uri(query.Length == 0 ? path : $"{path}?{query}", UriKind.Relative));
        if (rule.Body.Length > 0)
            request.Content = new StringContent(Body(rule, message), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        return request;
    }

    private static string Body(HttpRule rule, IMessage message)
    {
        if (rule.Body == "*")
            return JsonFormatter.Default.Format(message);
        var field = message.Descriptor.FindFieldByName(rule.Body);
        return field.Accessor.GetValue(message) is IMessage body ? JsonFormatter.Default.Format(body) : "{}";
    }

    private static IEnumerable<string> Query(IMessage message, string body, HashSet<string> used)
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder().Where(field => field.Name != body && !used.Contains(field.Name) && !field.IsMap))
        {
            if (field.IsRepeated)
            {
                foreach (var item in (System.Collections.IEnumerable)field.Accessor.GetValue(message))
                    yield return $"{field.JsonName}={Uri.EscapeDataString(item is System.Enum choice ? field.EnumType.FindValueByNumber(Convert.ToInt32(choice, null))?.Name ?? "" : $"{item}")}";
                continue;
            }

            switch (field.Accessor.GetValue(message))
            {
                case FieldMask { Paths.Count: > 0 } mask:
                    yield return $"{field.JsonName}={Uri.EscapeDataString(string.Join(',', mask.Paths))}";
                    break;
                case string { Length: > 0 } text:
                    yield return $"{field.JsonName}={Uri.EscapeDataString(text)}";
                    break;
                case int number when number != 0:
                    yield return $"{field.JsonName}={number}";
                    break;
                case System.Enum choice when Convert.ToInt32(choice, null) != 0:
                    yield return $"{field.JsonName}={field.EnumType.FindValueByNumber(Convert.ToInt32(choice, null))?.Name ?? Convert.ToInt32(choice, null).ToString(System.Globalization.CultureInfo.InvariantCulture)}";
                    break;
                case bool flag when flag:
                    yield return $"{field.JsonName}=true";
                    break;
            }
        }
    }

    private static string Text(IMessage message, string path)
    {
        object? value = message;
        foreach (var name in path.Split('.'))
            value = value is IMessage at ? at.Descriptor.FindFieldByName(name)?.Accessor.GetValue(at) : null;
        return $"{value}";
    }

    [GeneratedRegex(@"\{([a-z_.]+)(?:=[^}]*)?\}")]
    private static partial Regex Variable();
}
