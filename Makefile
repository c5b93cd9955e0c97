.PHONY: run test check bench conformance drill

run:  ## the registry on this machine; EMPTY=1 for an empty one, PORT=8001 for another port
	@python3 -m launch run $(if $(EMPTY),--empty) $(if $(PORT),--port $(PORT))

test:  ## all tests; ARGS="tests/launch -k restart" for some
	@python3 -m launch test $(ARGS)

check:  ## static checks: style, types, migrations, deployment settings
	@python3 -m launch check

bench:  ## the estimators beside R and lifelines, into docs/performance.md; ARGS=pages, importing, exports or documents
	@python3 -m launch bench $(ARGS)

conformance:  ## every estimator beside R, on 200 drawn data sets; ARGS="--random 20 --seed 1" for fewer, or for these
	@python3 -m launch conformance $(ARGS)

drill:  ## kill workers, schedulers and the broker, 20 times each; save beside a long import; damage files; about two hours
	@python3 -m launch drill $(ARGS)
