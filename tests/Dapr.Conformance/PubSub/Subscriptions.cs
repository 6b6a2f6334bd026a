using System.Text.Json;
using Dapr.AspNetCore;
using Dapr.Conformance.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Dapr.Conformance.PubSub;

internal sealed record Order(string Id, int Amount);

/// <summary>What the app listens to, and what it answers to it.</summary>
internal static class Subscriptions
{
    private const string PubSub = PubSubSetup.PubSub;

    private static readonly string[] PlainTopics = ["plain", "deep/topic", "fails-dead", "drops-dead", "missing-dead", "stale-dead", "traced"];

    public static readonly (string Name, string Yaml)[] Files =
    [
        ("declared.yaml", """
            apiVersion: dapr.io/v2alpha1
            kind: Subscription
            metadata:
              name: declared
            spec:
              pubsubname: pubsub
              topic: declared
              routes:
                rules:
                  - match: event.type == "urgent" && event.data.amount > 10
                    path: /declared-urgent-large
                  - match: event.type == "urgent"
                    path: /declared-urgent
                default: /declared-rest
            scopes:
              - listener
            """),
        ("declared-old.yaml", """
            apiVersion: dapr.io/v1alpha1
            kind: Subscription
            metadata:
              name: declared-old
            spec:
              pubsubname: pubsub
              topic: declared-old
              route: /declared-old
            """),
        ("declared-for-another.yaml", """
            apiVersion: dapr.io/v1alpha1
            kind: Subscription
            metadata:
              name: declared-for-another
            spec:
              pubsubname: pubsub
              topic: declared-for-another
              route: /declared-for-another
            scopes:
              - another
            """),
    ];

    public static void Map(WebApplication app, Inbox inbox)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/sdk"), branch => branch.UseCloudEvents());
        app.MapSubscribeHandler();
        foreach (var topic in PlainTopics)
            Listen(app, inbox, topic, (_, _) => Results.Ok());

        Listen(app, inbox, "fails", (_, _) => Results.StatusCode(500), "fails-dead");
        Listen(app, inbox, "drops", (_, _) => Results.Json(new { status = "DROP" }), "drops-dead");
        Listen(app, inbox, "drops-for-good", (_, _) => Results.Json(new { status = "DROP" }));
        Listen(app, inbox, "missing", (_, _) => Results.NotFound(), "missing-dead");
        Listen(app, inbox, "missing-for-good", (_, _) => Results.NotFound());
        Listen(app, inbox, "retries", (_, tries) => Results.Json(new { status = tries < 3 ? "RETRY" : "SUCCESS" }));
        Listen(app, inbox, "stumbles", (_, tries) => tries < 3 ? Results.StatusCode(503) : Results.Ok());
        Listen(app, inbox, "babbles", (_, tries) => tries < 2 ? Results.Json(new { status = "PERHAPS" }) : Results.Ok());
        Listen(app, inbox, "says-nothing", (_, _) => Results.StatusCode(204));
        Listen(app, inbox, "says-empty", (_, _) => Results.Json(new { }));
        Listen(app, inbox, "says-text", (_, _) => Results.Text("thank you"));
        Listen(app, inbox, "stale", (_, _) => Results.Ok(), "stale-dead");

        app.MapPost("/routed/rest", context => NoteAsync(inbox, "routed-rest", context)).WithTopic(PubSub, "routed");
        app.MapPost("/routed/large", context => NoteAsync(inbox, "routed-large", context))
            .WithTopic(new TopicOptions { PubsubName = PubSub, Name = "routed", Match = "event.data.amount >= 100", Priority = 1 });
        app.MapPost("/routed/vip", context => NoteAsync(inbox, "routed-vip", context))
            .WithTopic(new TopicOptions { PubsubName = PubSub, Name = "routed", Match = "event.type == 'vip'", Priority = 2 });

        app.MapPost("/raw", context => NoteAsync(inbox, "raw", context)).WithTopic(PubSub, "raw", enableRawPayload: true);
        app.MapPost("/sdk/orders", (Order order, HttpContext context) => NoteAsync(inbox, "sdk", context, order)).WithTopic(PubSub, "orders");
        app.MapPost("/bulk", [Topic(PubSub, "bulk")][BulkSubscribe("bulk", 10, 300)] (JsonDocument body, HttpContext context) => AnswerBulk(inbox, body, context));

        app.MapPost("/limited-open", context => NoteAsync(inbox, "limited-open", context)).WithTopic("limited", "limited-open");
        app.MapPost("/limited-deaf", context => NoteAsync(inbox, "limited-deaf", context)).WithTopic("limited", "limited-deaf");
        foreach (var route in (string[])["declared-urgent-large", "declared-urgent", "declared-rest", "declared-old", "declared-for-another"])
            app.MapPost($"/{route}", context => NoteAsync(inbox, route, context));
    }

    private static void Listen(WebApplication app, Inbox inbox, string topic, Func<HttpContext, int, IResult> answer, string? deadLetters = null) =>
        app.MapPost($"/on/{topic}", async (HttpContext context) => await answer(context, await inbox.NoteAsync(topic, context)).ExecuteAsync(context))
            .WithTopic(new TopicOptions { PubsubName = PubSub, Name = topic, DeadLetterTopic = deadLetters });

    private static async Task NoteAsync(Inbox inbox, string route, HttpContext context) => await inbox.NoteAsync(route, context);

    private static void NoteAsync(Inbox inbox, string route, HttpContext context, Order order) =>
        inbox[route].Enqueue(new ReceivedRequest(context.Request.Method, context.Request.Path, "", new Dictionary<string, string>(), JsonSerializer.SerializeToUtf8Bytes(order)));

    /// <summary>Refuses what asks for it the first time that it comes.</summary>
    private static IResult AnswerBulk(Inbox inbox, JsonDocument body, HttpContext context)
    {
        var text = body.RootElement.GetRawText();
        var statuses = body.RootElement.GetProperty("entries").EnumerateArray().Select(entry =>
        {
            var raw = entry.GetRawText();
            var id = entry.GetProperty("entryId").GetString()!;
            var stubborn = raw.Contains("stubborn", StringComparison.Ordinal) && inbox.With("bulk-entry", id).Count == 0;
            inbox["bulk-entry"].Enqueue(new ReceivedRequest("POST", "/bulk", "", new Dictionary<string, string>(), System.Text.Encoding.UTF8.GetBytes(raw)));
            return new { entryId = id, status = stubborn ? "RETRY" : "SUCCESS" };
        }).ToList();
        inbox["bulk"].Enqueue(new ReceivedRequest("POST", "/bulk", "", new Dictionary<string, string> { ["Content-Type"] = context.Request.ContentType ?? "" }, System.Text.Encoding.UTF8.GetBytes(text)));
        return Results.Json(new { statuses });
    }
}
