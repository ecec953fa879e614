#!/bin/sh
# What a newcomer types, in a clone: make start until its box is on the screen, then make test.
cd /root/school
echo "== make start"
make start >/root/start.log 2>&1 &
start=$!
waited=0
until grep -q 'is open:' /root/start.log; do
  if ! kill -0 $start 2>/dev/null || [ $waited -ge 1800 ]; then
    cat /root/start.log
    echo "make start did not open the school"
    exit 1
  fi
  sleep 1
  waited=$((waited + 1))
done
sed 's/\(@demo\.school *\).*/\1(password hidden)/' /root/start.log
kill -INT $start
wait $start || true
echo "== make test"
make test
