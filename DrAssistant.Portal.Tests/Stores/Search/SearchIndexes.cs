using DrAssistant.Portal.Tests.Search;
using DrAssistant.Portal.Tests.Stores.Search.Elastic;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Stores.Search;

public sealed class PostgresSearchIndexTests(ClinicDatabase databases) : SearchIndexContract(databases)
{
    private protected override Task<IndexUnderTest> IndexAsync() => Task.FromResult(new IndexUnderTest());
}

/// <summary>Against the server of the tests, which holds each request against the official schemas.</summary>
public sealed class ElasticSearchIndexTests(ClinicDatabase databases) : SearchIndexContract(databases)
{
    private protected override async Task<IndexUnderTest> IndexAsync() => await ElasticIndexUnderTest.StartAsync();
}

/// <summary>Against a real server, where one is named.</summary>
public sealed class ElasticServerSearchIndexTests(ClinicDatabase databases) : SearchIndexContract(databases)
{
    private protected override Task<IndexUnderTest> IndexAsync() => Task.FromResult<IndexUnderTest>(new RealElasticUnderTest());
}

public sealed class ElasticSearchingEverywhere(ClinicDatabase databases) : SearchingEverywhere(databases)
{
    private protected override async Task<IndexUnderTest> IndexAsync() => await ElasticIndexUnderTest.StartAsync();
}

public sealed class ElasticServerSearchingEverywhere(ClinicDatabase databases) : SearchingEverywhere(databases)
{
    private protected override Task<IndexUnderTest> IndexAsync() => Task.FromResult<IndexUnderTest>(new RealElasticUnderTest());
}

public sealed class ElasticKeepingTheIndex(ClinicDatabase databases) : KeepingTheIndex(databases)
{
    private protected override async Task<IndexUnderTest> IndexAsync() => await ElasticIndexUnderTest.StartAsync();
}

public sealed class ElasticServerKeepingTheIndex(ClinicDatabase databases) : KeepingTheIndex(databases)
{
    private protected override Task<IndexUnderTest> IndexAsync() => Task.FromResult<IndexUnderTest>(new RealElasticUnderTest());
}
