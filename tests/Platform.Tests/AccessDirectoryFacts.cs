using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Platform.Access;
using Xunit;

namespace Platform.Tests;

public sealed class AccessDirectoryFacts
{
    private static readonly Guid Tenant = Guid.CreateVersion7();
    private static readonly string User = Guid.CreateVersion7().ToString();

    private readonly Source _source = new();
    private readonly FakeTimeProvider _time = new();
    private readonly AccessDirectory _directory;

    public AccessDirectoryFacts() => _directory = new AccessDirectory(
        new ServiceCollection().AddSingleton<IAccessSource>(_source).BuildServiceProvider().GetRequiredService<IServiceScopeFactory>(), _time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Access_is_asked_once_a_minute_by_however_many_at_a_time()
    {
        var first = Ask();
        var second = Ask();
        _source.Answer(1, "deals.read");
        Assert.Same(await first, await second);
        Assert.Same(await first, await Ask());
        Assert.Equal(1, _source.Questions);
        _time.Advance(TimeSpan.FromMinutes(1));
        var later = Ask();
        _source.Answer(1, "deals.read");
        Assert.NotSame(await first, await later);
    }

    [Fact]
    public async Task An_answer_that_was_under_way_when_the_person_was_changed_is_not_kept()
    {
        var before = Ask();
        _directory.Forget(Tenant, User);
        _source.Answer(1, "deals.write");
        Assert.Contains("deals.write", (await before).Permissions);
        var after = Ask();
        _source.Answer(2);
        Assert.Empty((await after).Permissions);
        Assert.Empty((await Ask()).Permissions);
    }

    [Fact]
    public async Task An_answer_older_than_the_change_of_the_tenant_is_asked_for_again()
    {
        var under = Ask();
        _directory.Forget(Tenant, version: 7);
        _source.Answer(6, "deals.write");
        await Eventually(() => _source.Questions == 2);
        _source.Answer(7);
        Assert.Empty((await under).Permissions);
        Assert.Empty((await Ask()).Permissions);
        Assert.Equal(2, _source.Questions);

        _directory.Forget(Tenant, version: 8);
        var after = Ask();
        _source.Answer(8, "deals.read");
        Assert.Contains("deals.read", (await after).Permissions);
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        var failing = Ask();
        _source.Fail();
        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
        var next = Ask();
        _source.Answer(1, "deals.read");
        Assert.Contains("deals.read", (await next).Permissions);
    }

    private Task<PersonAccess> Ask() => _directory.GetAsync(Tenant, User, "token", Token).AsTask();

    private static Task Eventually(Func<bool> condition) => Testing.Eventually.HoldsAsync(condition);

    /// <summary>Answers when the fact says so.</summary>
    private sealed class Source : IAccessSource
    {
        private TaskCompletionSource<Tenants.V1.Access> _next = new();

        public int Questions { get; private set; }

        public Task<Tenants.V1.Access> GetAccessAsync(Guid tenantId, string userId, string bearerToken, CancellationToken cancellationToken)
        {
            _next = new TaskCompletionSource<Tenants.V1.Access>(TaskCreationOptions.RunContinuationsAsynchronously);
            Questions++;
            return _next.Task;
        }

        public void Answer(long version, params string[] permissions) =>
            _next.SetResult(new Tenants.V1.Access { UserId = User, Version = version, Permissions = { permissions } });

        public void Fail() => _next.SetException(new InvalidOperationException("The tenants service is away."));
    }
}
