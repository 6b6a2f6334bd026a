namespace Gateway.Tests.Sessions;

/// <summary>A gateway in front of a server of pages.</summary>
public sealed class WebFixture : SessionFixture
{
    public FakeWeb Web { get; private set; } = null!;

    protected override Dictionary<string, string?> Settings => new(base.Settings) { ["Web:Address"] = Web.Url };

    public override async ValueTask InitializeAsync()
    {
        Web = await FakeWeb.StartAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Web.DisposeAsync();
    }
}

/// <summary>A gateway whose server of pages does not answer: nothing listens on that port of the loopback network.</summary>
public sealed class WebStartFixture : SessionFixture
{
    protected override Dictionary<string, string?> Settings => new(base.Settings) { ["Web:Address"] = "http://127.0.0.1:1" };
}
